from otter.test_files import test_case

OK_FORMAT = False

name = "q8"
points = 2

@test_case(points=0.5, hidden=False)
def test_a_quarter_turn(rotate):
    assert rotate is not None, '`rotate` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert rotate is not ..., '`rotate` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    points = np.array([[1.0, 0.0], [0.0, 2.0], [3.0, 1.0]])
    found = rotate(points, 90)
    assert found is not None and found is not ..., '`rotate` returned nothing: fill it in.'
    assert np.shape(found) == (3, 2), f'rotate of three points has shape {np.shape(found)}, expected (3, 2): one row for each.'
    expected = np.array([[0, 1], [-2, 0], [-1, 3]])
    hint = 'A quarter of a turn against the clock takes (1, 0) to (0, 1).'
    if np.allclose(found, -expected):
        hint = f'That is with the clock. Points are rows here: look at the transposition. {hint}'
    elif np.allclose(found, points @ np.array([[np.cos(90), np.sin(90)], [-np.sin(90), np.cos(90)]])):
        hint = f'np.cos and np.sin take radians. {hint}'
    assert np.allclose(found, expected), f'rotate of {points.tolist()} by 90 degrees is {np.round(found, 3).tolist()}, expected {expected.tolist()}. {hint}'

