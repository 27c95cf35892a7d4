from otter.test_files import test_case

OK_FORMAT = False

name = "q7"
points = 2

@test_case(points=0.25, hidden=False)
def test_the_four_slopes_are_numbers(dL_dh, dL_dz, dL_dw, dL_db):
    assert dL_dh is not None, '`dL_dh` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert dL_dh is not ..., '`dL_dh` is not filled in yet: replace the `...` in the cell above the check.'
    assert dL_dz is not None, '`dL_dz` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert dL_dz is not ..., '`dL_dz` is not filled in yet: replace the `...` in the cell above the check.'
    assert dL_dw is not None, '`dL_dw` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert dL_dw is not ..., '`dL_dw` is not filled in yet: replace the `...` in the cell above the check.'
    assert dL_db is not None, '`dL_db` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert dL_db is not ..., '`dL_db` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    for name, value in [('dL_dh', dL_dh), ('dL_dz', dL_dz), ('dL_dw', dL_dw), ('dL_db', dL_db)]:
        number = np.asarray(value)
        assert number.size == 1 and number.dtype.kind in 'fiu', f'`{name}` must be one number: the slope of L, worked out by hand.'
        assert float(number.reshape(())) < 0, f'`{name}` is {value}, expected a negative number: h is below its target, and grows with {name[-1]}. So the loss falls.'

@test_case(points=0.25, hidden=False)
def test_there_is_a_slope_for_every_w(w_slopes):
    assert w_slopes is not None, '`w_slopes` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert w_slopes is not ..., '`w_slopes` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    slopes = np.asarray(w_slopes)
    assert slopes.shape == (81,) and slopes.dtype.kind in 'fiu', f'`w_slopes` has shape {slopes.shape}, expected (81,): a slope for every w in many_w.'
    assert slopes[46] > 0 > slopes[47], f'Around w = 4/3, where z is 0, `w_slopes` goes from {slopes[46]:.4g} to {slopes[47]:.4g}, expected from above 0 to below: the loss has a peak there. Is b = -4, and does every arrow of the graph have its factor?'

