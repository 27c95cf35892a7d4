from otter.test_files import test_case

OK_FORMAT = False

name = "q5"
points = 2

@test_case(points=0.25, hidden=False)
def test_there_are_20_gradients(batch_gradients):
    assert batch_gradients is not None, '`batch_gradients` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert batch_gradients is not ..., '`batch_gradients` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    gradients = np.asarray(batch_gradients)
    hint = 'Collect the 20 gradients in a list, then np.array(list).'
    if gradients.shape == (2, 20):
        hint = 'Rows and columns are exchanged: a row for each batch.'
    elif gradients.shape == (2000, 2):
        hint = 'That is a gradient for each point. A batch has 100 of them.'
    assert gradients.shape == (20, 2) and gradients.dtype.kind in 'fiu', f'`batch_gradients` has shape {gradients.shape}, expected (20, 2). {hint}'
    different = len(np.unique(gradients, axis=0))
    assert different > 1, 'All rows of `batch_gradients` are the same, expected different ones: each batch has its own points.'

@test_case(points=0.25, hidden=False)
def test_average_is_the_mean_of_the_rows(batch_gradients, average_gradient):
    assert batch_gradients is not None, '`batch_gradients` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert batch_gradients is not ..., '`batch_gradients` is not filled in yet: replace the `...` in the cell above the check.'
    assert average_gradient is not None, '`average_gradient` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert average_gradient is not ..., '`average_gradient` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    gradients, average = (np.asarray(batch_gradients), np.asarray(average_gradient))
    hint = 'The mean over the batches is that over axis 0.'
    if average.shape == ():
        hint = f'Without an axis, mean takes all 40 numbers together. {hint}'
    assert average.shape == (2,) and average.dtype.kind in 'fiu', f'`average_gradient` has shape {average.shape}, expected (2,). {hint}'
    assert gradients.ndim == 2 and np.allclose(average, gradients.mean(axis=0)), f'`average_gradient` is {average.tolist()}, which is not the mean of the rows of `batch_gradients`. {hint}'

