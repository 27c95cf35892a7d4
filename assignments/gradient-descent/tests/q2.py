from otter.test_files import test_case

OK_FORMAT = False

name = "q2"
points = 2

@test_case(points=0.5, hidden=False)
def test_a_perfect_line_costs_nothing(loss):
    assert loss is not None, '`loss` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert loss is not ..., '`loss` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    x = np.array([0.0, 1.0, 2.0, 5.0])
    value = np.asarray(loss(np.array([2.0, 1.0]), x, 2 * x + 1))
    assert value.size == 1 and value.dtype.kind in 'fiu', f'`loss` gives something of shape {value.shape}, expected one number: the mean over all points. Does the function return it?'
    value = float(value.reshape(()))
    assert abs(value) < 1e-09, f'A line that meets every point has the loss {value:.4g}, expected 0. Is w[0] the slope of the line, and w[1] its height at 0?'

@test_case(points=0.5, hidden=False)
def test_errors_of_3_and_1_cost_5(loss):
    assert loss is not None, '`loss` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert loss is not ..., '`loss` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    value = np.asarray(loss(np.array([0.0, 0.0]), np.array([1.0, 2.0]), np.array([3.0, -1.0])))
    assert value.size == 1 and value.dtype.kind in 'fiu', '`loss` must give one number.'
    value = float(value.reshape(()))
    hint = 'Square each error, then take the mean.'
    if abs(value - 10) < 1e-06:
        hint = 'That is the sum of the squares, not their mean.'
    elif abs(value - 5 ** 0.5) < 1e-06:
        hint = 'No square root: the mean of the squares is the loss.'
    elif abs(value - 1) < 1e-06:
        hint = 'That is the square of the mean error, where high and low cancel: square first.'
    elif abs(value - 2) < 1e-06:
        hint = 'That is the mean of the errors without their signs. Square them instead.'
    assert abs(value - 5) < 1e-06, f'Two points that are missed by 3 and by 1 cost {value:.4g}, expected (9 + 1) / 2 = 5. {hint}'

