from otter.test_files import test_case

OK_FORMAT = False

name = "q6"
points = 2

@test_case(points=0.5, hidden=False)
def test_path_has_41_places(path):
    assert path is not None, '`path` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert path is not ..., '`path` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    places = np.asarray(path)
    hint = 'Append one place after each of the 40 steps.'
    if places.shape == (40, 2):
        hint = 'The start is the first of them.'
    assert places.shape == (41, 2) and places.dtype.kind in 'fiu', f'`path` has shape {places.shape}, expected (41, 2). {hint}'
    assert np.allclose(places[0], [8, 1]), f'`path` begins at {places[0].tolist()}, expected [8, 1], which is valley_start. If every place is the same, `-=` may have changed an array that is in the list already.'

@test_case(points=0.5, hidden=False)
def test_momentum_carries_on_from_the_second_step(path):
    assert path is not None, '`path` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert path is not ..., '`path` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    places = np.asarray(path)
    assert places.ndim == 2 and places.shape[1] == 2 and (len(places) > 2), f'`path` has shape {places.shape}: it has no second step yet.'
    first, second = (places[1] - places[0], places[2] - places[1])
    assert np.abs(first).max() > 0, 'The first step leads nowhere. The new velocity is made before the step, with the gradient.'
    without = first * places[1] / places[0]
    assert not np.allclose(second, without), f'The second step goes by {second.tolist()}, as it would without momentum, expected one that carries on the first. Does velocity keep its value from one turn of the loop to the next?'

