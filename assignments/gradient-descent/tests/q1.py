from otter.test_files import test_case

OK_FORMAT = False

name = "q1"
points = 3

@test_case(points=0.5, hidden=False)
def test_slope_of_square_at_3_is_6(derivative):
    assert derivative is not None, '`derivative` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert derivative is not ..., '`derivative` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    slope = np.asarray(derivative(np.square, 3.0))
    assert slope.size == 1 and slope.dtype.kind in 'fiu', '`derivative(np.square, 3.0)` is not one number. Does the function return its result?'
    slope = float(slope.reshape(()))
    hint = 'Divide the difference of the two heights by the distance between the two points.'
    if abs(slope - 12) < 0.01:
        hint = f'Twice too much: how far is it from x - h to x + h? {hint}'
    elif abs(slope + 6) < 0.01:
        hint = 'It rises there: which height do you take from which?'
    assert abs(slope - 6) < 0.001, f'The slope of np.square at 3 is {slope:.6g} by `derivative`, expected about 6. {hint}'

@test_case(points=0.5, hidden=False)
def test_an_array_of_places_gives_an_array_of_slopes(derivative):
    assert derivative is not None, '`derivative` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert derivative is not ..., '`derivative` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    places = np.array([0.0, 1.0, 2.0, 3.0])
    slopes = np.asarray(derivative(np.sin, places))
    assert slopes.shape == (4,), f'For four places, `derivative` gives an array of shape {slopes.shape}, expected (4,): one slope for each.'
    worst = float(np.abs(slopes - np.cos(places)).max())
    assert worst < 0.001, f'The slopes of np.sin at 0, 1, 2 and 3 are off by up to {worst:.3g}. Its derivative is np.cos: compare your numbers with that.'

