from otter.test_files import test_case

OK_FORMAT = False

name = "q9"
points = 3

@test_case(points=0.5, hidden=False)
def test_a_small_dense_layer(dense):
    assert dense is not None, '`dense` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert dense is not ..., '`dense` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    x, W = (np.array([[1.0, 2.0], [3.0, -1.0]]), np.array([[1.0, 0.0, -1.0], [0.5, 2.0, 1.0]]))
    b = np.array([0.5, -1.0, 1.0])
    found = dense(x, W, b)
    assert found is not None and found is not ..., '`dense` returned nothing: fill it in.'
    hint = 'First the product, then the biases, then relu.'
    if np.shape(found) == (2, 3) and np.allclose(found, x @ W + b):
        hint = f'There are negative numbers: relu is missing. {hint}'
    elif np.shape(found) == (2, 3) and np.allclose(found, np.maximum(x @ W, 0) + b):
        hint = f'The biases came after relu. {hint}'
    assert np.shape(found) == (2, 3) and np.allclose(found, [[2.5, 3, 2], [3, 0, 0]]), f'dense of a batch of two examples is {np.round(found, 3).tolist()}, expected [[2.5, 3, 2], [3, 0, 0]]. {hint}'

@test_case(points=0.25, hidden=False)
def test_predicted_digits_are_10000_digits(predicted_digits):
    assert predicted_digits is not None, '`predicted_digits` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert predicted_digits is not ..., '`predicted_digits` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    digits = np.asarray(predicted_digits)
    hint = 'Use argmax(axis=1): the largest in each row.'
    assert digits.shape == (10000,), f'`predicted_digits` has shape {digits.shape}, expected (10000,): one for each image. {hint}'
    assert digits.dtype.kind in 'fiu' and np.isin(digits, range(10)).all(), f'`predicted_digits` must hold whole numbers from 0 to 9. {hint}'

