from otter.test_files import test_case

OK_FORMAT = False

name = "q9"
points = 2
all_or_nothing = True

@test_case(points=0.5, hidden=False)
def test_training_accuracy_and_gap_are_numbers(train_acc, gap):
    assert train_acc is not None, '`train_acc` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert train_acc is not ..., '`train_acc` is not filled in yet: replace the `...` in the cell above the check.'
    assert gap is not None, '`gap` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert gap is not ..., '`gap` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    for name, value in [('train_acc', train_acc), ('gap', gap)]:
        value = np.asarray(value)
        assert value.size == 1 and value.dtype.kind in 'fiu', f'`{name}` must be one number. network.evaluate returns the loss and the accuracy: take the second.'
    accuracy = float(np.asarray(train_acc).reshape(()))
    assert 0 <= accuracy <= 1, f'`train_acc` is {accuracy:.4g}, expected a number between 0 and 1: a share, not a percentage.'

@test_case(points=0.5, hidden=False)
def test_gap_is_the_difference(train_acc, test_acc, gap):
    assert train_acc is not None, '`train_acc` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert train_acc is not ..., '`train_acc` is not filled in yet: replace the `...` in the cell above the check.'
    assert test_acc is not None, '`test_acc` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert test_acc is not ..., '`test_acc` is not filled in yet: replace the `...` in the cell above the check.'
    assert gap is not None, '`gap` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert gap is not ..., '`gap` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    numbers = [np.asarray(value) for value in (train_acc, test_acc, gap)]
    assert all((value.size == 1 and value.dtype.kind in 'fiu' for value in numbers)), '`train_acc`, `test_acc` and `gap` must be one number each.'
    train, test, found = (float(value.reshape(())) for value in numbers)
    hint = 'Subtract test_acc from train_acc.'
    if abs(found + (train - test)) < 0.001:
        hint = f'It is the other way round. {hint}'
    assert abs(found - (train - test)) < 0.001, f'`gap` is {found:.5f}, expected train_acc - test_acc = {train - test:.5f}. {hint}'

