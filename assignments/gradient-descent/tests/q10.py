from otter.test_files import test_case

OK_FORMAT = False

name = "q10"
points = 3

@test_case(points=0.25, hidden=False)
def test_trained_holds_the_four_arrays(trained):
    assert trained is not None, '`trained` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert trained is not ..., '`trained` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    assert isinstance(trained, (list, tuple)) and len(trained) == 4, f'`trained` is of type {type(trained).__name__}, expected a list of four arrays. Does train return the parameters?'
    shapes = [np.shape(array) for array in trained]
    assert shapes == [(784, 128), (128,), (128, 10), (10,)], f'The arrays of `trained` have shapes {shapes}, expected those of `start`: [(784, 128), (128,), (128, 10), (10,)].'
    assert all((np.isfinite(np.asarray(array, dtype=float)).all() for array in trained)), '`trained` holds values that are no finite numbers: the training has diverged. Is the rate too large, or the slope not divided by the number of images in the batch?'

@test_case(points=0.25, hidden=False)
def test_train_returns_new_arrays(train):
    assert train is not None, '`train` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert train is not ..., '`train` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    random = np.random.default_rng(5)
    given = [random.normal(size=size) for size in [(5, 4), (4,), (4, 3), (3,)]]
    before = [array.copy() for array in given]
    images, labels = (random.normal(size=(20, 5)), np.eye(3)[random.integers(0, 3, 20)])
    result = train(given, images, labels, 1, 5, 0.1)
    assert isinstance(result, (list, tuple)) and len(result) == 4, f'`train` gives {type(result).__name__}, expected a list of four arrays.'
    assert all((np.array_equal(array, old) for array, old in zip(given, before))), 'After training, the parameters that `train` was given have changed. Make new arrays with `step` and leave the old ones as they are: `-=` changes them.'
    assert not any((np.array_equal(array, old) for array, old in zip(result, before))), 'After one epoch, some of the four arrays are the same as before, expected new values in each: take one step with all four, for every batch.'

@test_case(points=0.25, hidden=False)
def test_accuracy_is_at_least_90_percent(test_acc):
    assert test_acc is not None, '`test_acc` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert test_acc is not ..., '`test_acc` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    value = np.asarray(test_acc)
    assert value.size == 1 and value.dtype.kind in 'fiu', '`test_acc` must be one number: the mean of an array of True and False is the share of True.'
    accuracy = float(value.reshape(()))
    hint = 'Are the four arrays new after each batch, and do the functions of questions 8 and 9 work?'
    if accuracy < 0.25:
        hint = f'That is no better than guessing. {hint}'
    elif accuracy > 1:
        hint = 'It is a share, not a percentage or a count.'
    assert 0.9 <= accuracy <= 1, f'`test_acc` is {accuracy:.4g}, expected 0.90 to 1. {hint}'

