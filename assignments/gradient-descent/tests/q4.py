from otter.test_files import test_case

OK_FORMAT = False

name = "q4"
points = 2

@test_case(points=0.5, hidden=False)
def test_step_from_5_with_slope_2_and_rate_a_tenth(step):
    assert step is not None, '`step` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert step is not ..., '`step` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    value = np.asarray(step(5.0, 2.0, 0.1))
    assert value.size == 1 and value.dtype.kind in 'fiu', '`step(5.0, 2.0, 0.1)` is not one number. Does the function return its result?'
    value = float(value.reshape(()))
    hint = 'Go against the slope, rate times as far as the slope says.'
    if abs(value - 5.2) < 1e-09:
        hint = 'That is uphill.'
    elif abs(value - 4.9) < 1e-09:
        hint = 'Where the slope is twice as large, the step is twice as long.'
    assert abs(value - 4.8) < 1e-09, f'One step from 5, with slope 2 and rate 0.1, leads to {value:.6g}, expected 4.8. {hint}'

@test_case(points=0.5, hidden=False)
def test_step_makes_a_new_array(step):
    assert step is not None, '`step` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert step is not ..., '`step` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    w = np.array([1.0, 2.0])
    new = np.asarray(step(w, np.array([10.0, -10.0]), 0.5))
    assert new.shape == (2,) and new.dtype.kind in 'fiu' and np.allclose(new, [-4, 7]), f'From [1, 2], with the gradient [10, -10] and rate 0.5, one step leads to {new.tolist()}, expected [-4, 7].'
    assert w.tolist() == [1, 2], f'After the step, w itself is {w.tolist()}, expected [1, 2] as before: `-=` changes the array that the caller still needs. Compute a new one.'

