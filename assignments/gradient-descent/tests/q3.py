from otter.test_files import test_case

OK_FORMAT = False

name = "q3"
points = 3

@test_case(points=0.5, hidden=False)
def test_gradient_has_one_entry_for_each_weight(gradient):
    assert gradient is not None, '`gradient` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert gradient is not ..., '`gradient` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    slopes = np.asarray(gradient(np.array([1.0, 2.0]), np.array([1.0, 2.0, 3.0]), np.zeros(3)))
    hint = 'Take the mean over the points, for each of the two weights.'
    if slopes.shape == (2, 3):
        hint = f'There is still one column for each point. {hint}'
    elif slopes.shape == ():
        hint = 'Does the function return an array of both slopes?'
    assert slopes.shape == (2,), f'`gradient` gives something of shape {slopes.shape}, expected (2,). {hint}'
    assert slopes.dtype.kind in 'fiu' and np.isfinite(slopes).all(), '`gradient` must give two finite numbers.'

@test_case(points=0.5, hidden=False)
def test_a_point_above_the_line_pulls_it_up(gradient):
    assert gradient is not None, '`gradient` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert gradient is not ..., '`gradient` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    flat = np.asarray(gradient(np.array([2.0, 1.0]), np.array([0.0, 1.0]), np.array([1.0, 3.0])))
    assert flat.shape == (2,) and flat.dtype.kind in 'fiu', '`gradient` must give two numbers.'
    assert np.abs(flat).max() < 1e-09, f'Where the line meets every point, `gradient` gives {flat.tolist()}, expected zeros: nothing can get better there. Is w[0] the slope of the line and w[1] its height?'
    slopes = np.asarray(gradient(np.array([0.0, 0.0]), np.array([3.0]), np.array([4.0])))
    assert slopes.shape == (2,) and (slopes < 0).all(), f'For one point at x = 3 that lies above the line, both slopes must be negative: the loss falls when w[0] or w[1] grows. Found {slopes.tolist()}. An error is prediction minus truth, not the other way round.'

