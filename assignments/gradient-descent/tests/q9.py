from otter.test_files import test_case

OK_FORMAT = False

name = "q9"
points = 3

@test_case(points=0.5, hidden=False)
def test_slopes_have_the_shapes_of_the_parameters(backward):
    assert backward is not None, '`backward` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert backward is not ..., '`backward` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    random = np.random.default_rng(3)
    shapes = [(5, 4), (4,), (4, 3), (3,)]
    parameters = [random.normal(size=shape) for shape in shapes]
    hidden, probabilities = (np.maximum(0, random.normal(size=(6, 4))), np.full((6, 3), 1 / 3))
    labels = np.eye(3)[[0, 1, 2, 0, 1, 2]]
    result = backward(parameters, random.normal(size=(6, 5)), hidden, probabilities, labels)
    assert isinstance(result, (tuple, list)) and len(result) == 4, f'`backward` gives {type(result).__name__}, expected a list of four arrays: the slopes of W1, b1, W2 and b2.'
    for name, slopes, shape in zip(['W1', 'b1', 'W2', 'b2'], result, shapes):
        assert np.shape(slopes) == shape, f'The slopes of {name} have shape {np.shape(slopes)}, expected {shape}, the shape of {name} itself.'

@test_case(points=0.5, hidden=False)
def test_sure_and_right_needs_no_change(backward):
    assert backward is not None, '`backward` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert backward is not ..., '`backward` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    random = np.random.default_rng(4)
    parameters = [random.normal(size=size) for size in [(5, 4), (4,), (4, 3), (3,)]]
    images, hidden = (random.normal(size=(6, 5)), np.maximum(0, random.normal(size=(6, 4))))
    labels = np.eye(3)[[0, 1, 2, 0, 1, 2]]
    result = backward(parameters, images, hidden, labels.copy(), labels)
    result = [np.asarray(slopes) for slopes in result]
    assert all((slopes.size and slopes.dtype.kind in 'fiu' for slopes in result)), '`backward` must return four arrays of numbers: is everything filled in?'
    largest = max((float(np.abs(slopes).max()) for slopes in result))
    assert largest < 1e-09, f'Where every probability is 1 for the right class and 0 for the others, the largest slope is {largest:.4g}, expected 0: there is nothing to improve.'
    labels = np.eye(3)[[0, 0, 0, 0, 0, 0]]
    db2 = np.asarray(backward(parameters, images, hidden, np.full((6, 3), 1 / 3), labels)[3])
    assert db2[0] < 0 < db2[1], f'Where class 0 is right and gets a third of the probability, the slopes of b2 are {db2.tolist()}, expected a negative first entry and positive others. It is probability minus truth.'

