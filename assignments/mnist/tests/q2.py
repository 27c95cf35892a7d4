from otter.test_files import test_case

OK_FORMAT = False

name = "q2"
points = 2

@test_case(points=0.5, hidden=False)
def test_shapes_are_60000_10_and_10000_10(train_labels, test_labels):
    assert train_labels is not None, '`train_labels` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert train_labels is not ..., '`train_labels` is not filled in yet: replace the `...` in the cell above the check.'
    assert test_labels is not None, '`test_labels` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert test_labels is not ..., '`test_labels` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    for name, labels, count in [('train_labels', train_labels, 60000), ('test_labels', test_labels, 10000)]:
        shape = np.shape(labels)
        hint = f'Use keras.utils.to_categorical(raw_{name}, 10).'
        if shape == (count,):
            hint = f'These are still digits. {hint}'
        elif len(shape) == 3:
            hint = f'Encoded twice? Begin with the raw labels. {hint}'
        elif len(shape) == 2 and shape[0] == count:
            hint = f'There are ten digits, so ten columns. {hint}'
        elif shape[:1] in [(60000,), (10000,)]:
            hint = f'Are training and test labels exchanged? {hint}'
        assert shape == (count, 10), f'`{name}` has shape {shape}, expected {(count, 10)}. {hint}'

@test_case(points=0.5, hidden=False)
def test_each_row_has_a_single_1(train_labels, test_labels):
    assert train_labels is not None, '`train_labels` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert train_labels is not ..., '`train_labels` is not filled in yet: replace the `...` in the cell above the check.'
    assert test_labels is not None, '`test_labels` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert test_labels is not ..., '`test_labels` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    for name, labels in [('train_labels', train_labels), ('test_labels', test_labels)]:
        rows = np.asarray(labels)
        hint = f'Use keras.utils.to_categorical(raw_{name}, 10).'
        if rows.ndim == 3:
            hint = f'Encoded twice? Begin with the raw labels. {hint}'
        assert rows.ndim == 2, f'`{name}` has {rows.ndim} axes, expected 2: one row for each image. {hint}'
        assert ((rows == 0) | (rows == 1)).all(), f'`{name}` must hold only 0 and 1. {hint}'
        wrong = int((rows.sum(axis=1) != 1).sum())
        assert wrong == 0, f'{wrong} rows of `{name}` do not have exactly one 1. {hint}'

