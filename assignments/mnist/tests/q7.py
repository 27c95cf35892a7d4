from otter.test_files import test_case

OK_FORMAT = False

name = "q7"
points = 3
all_or_nothing = True

@test_case(points=0.75, hidden=False)
def test_loss_and_accuracy_are_numbers_of_a_trained_network(test_loss, test_acc):
    assert test_loss is not None, '`test_loss` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert test_loss is not ..., '`test_loss` is not filled in yet: replace the `...` in the cell above the check.'
    assert test_acc is not None, '`test_acc` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert test_acc is not ..., '`test_acc` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    for name, value in [('test_loss', test_loss), ('test_acc', test_acc)]:
        value = np.asarray(value)
        assert value.size == 1 and value.dtype.kind in 'fiu', f'`{name}` must be one number. network.evaluate returns two: the loss and the accuracy.'
    accuracy = float(np.asarray(test_acc).reshape(()))
    assert 0 <= accuracy <= 1, f'`test_acc` is {accuracy:.4g}, expected a number between 0 and 1. evaluate returns the loss first, then the accuracy; it is a share, not a percentage.'

@test_case(points=0.75, hidden=False)
def test_accuracy_is_at_least_97_percent(test_acc):
    assert test_acc is not None, '`test_acc` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert test_acc is not ..., '`test_acc` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    value = np.asarray(test_acc)
    assert value.size == 1 and value.dtype.kind in 'fiu', '`test_acc` must be one number.'
    accuracy = float(value.reshape(()))
    hint = 'Train for five epochs, on images with pixels between 0 and 1.'
    if accuracy < 0.25:
        hint = 'That is no better than guessing: evaluate after `fit`.'
    assert accuracy >= 0.97, f'`test_acc` is {accuracy:.4f}, expected at least 0.97. {hint}'

