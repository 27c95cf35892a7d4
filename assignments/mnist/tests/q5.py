from otter.test_files import test_case

OK_FORMAT = False

name = "q5"
points = 2
all_or_nothing = True

@test_case(points=0.5, hidden=False)
def test_loss_and_accuracy_are_numbers(untrained_loss, untrained_acc):
    assert untrained_loss is not None, '`untrained_loss` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert untrained_loss is not ..., '`untrained_loss` is not filled in yet: replace the `...` in the cell above the check.'
    assert untrained_acc is not None, '`untrained_acc` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert untrained_acc is not ..., '`untrained_acc` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    for name, value in [('untrained_loss', untrained_loss), ('untrained_acc', untrained_acc)]:
        value = np.asarray(value)
        assert value.size == 1 and value.dtype.kind in 'fiu', f'`{name}` must be one number. network.evaluate returns two: the loss and the accuracy.'
    accuracy = float(np.asarray(untrained_acc).reshape(()))
    hint = 'evaluate returns the loss first, then the accuracy.'
    if float(np.asarray(untrained_loss).reshape(())) > 1 and accuracy > 5:
        hint = 'It is a share, not a percentage.'
    assert 0 <= accuracy <= 1, f'`untrained_acc` is {accuracy:.4g}, expected a number between 0 and 1. {hint}'

@test_case(points=0.5, hidden=False)
def test_accuracy_is_near_one_tenth(untrained_acc):
    assert untrained_acc is not None, '`untrained_acc` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert untrained_acc is not ..., '`untrained_acc` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    value = np.asarray(untrained_acc)
    assert value.size == 1 and value.dtype.kind in 'fiu', '`untrained_acc` must be one number.'
    accuracy = float(value.reshape(()))
    hint = 'The network answers nearly at random now.'
    if 0.25 < accuracy <= 1:
        hint = 'Was it trained already? Run the notebook again from question 3 on, and evaluate before `fit`.'
    assert 0.01 <= accuracy <= 0.25, f'`untrained_acc` is {accuracy:.4g}, expected about 0.1 (0.01 to 0.25). {hint}'

