from otter.test_files import test_case

OK_FORMAT = False

name = "q2"
points = 2

@test_case(points=0.5, hidden=False)
def test_batches_of_twelve_numbers(batch):
    assert batch is not None, '`batch` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert batch is not ..., '`batch` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    x = np.arange(100, 112)
    for number, expected in [(0, [100, 101, 102, 103, 104]), (1, [105, 106, 107, 108, 109])]:
        found = batch(x, number, 5)
        hint = 'It begins where the batches before it end: number * size examples are in those.'
        assert found is not None and found is not ..., '`batch` returned nothing: fill it in.'
        assert np.array_equal(found, expected), f'batch(x, {number}, 5) of the numbers 100 to 111 is {found}, expected {expected}. {hint}'

@test_case(points=0.25, hidden=False)
def test_the_last_batch_has_what_is_left(batch):
    assert batch is not None, '`batch` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert batch is not ..., '`batch` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    found = batch(np.arange(100, 112), 2, 5)
    assert found is not None and found is not ..., '`batch` returned nothing: fill it in.'
    assert np.array_equal(found, [110, 111]), f'batch(x, 2, 5) of the numbers 100 to 111 is {found}, expected [110 111]: two are left after two batches of five.'

@test_case(points=0.25, hidden=False)
def test_shape_of_the_last_batch(last_batch):
    assert last_batch is not None, '`last_batch` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert last_batch is not ..., '`last_batch` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    shape = np.shape(last_batch)
    hint = 'How many batches of 128 fit into 60,000, and how many examples are left then?'
    if shape == (128, 28, 28):
        hint = f'It is full, and the last one is not. {hint}'
    elif shape[:1] == (0,):
        hint = f'Nothing is in it: batches count from 0. {hint}'
    assert shape[1:] == (28, 28) and 0 < shape[0] < 128, f'`last_batch` has shape {shape}, which is not that of the last batch. {hint}'

