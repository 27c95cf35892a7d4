from otter.test_files import test_case

OK_FORMAT = False

name = "q8"
points = 2

@test_case(points=0.5, hidden=False)
def test_shapes_follow_from_the_arrays(forward):
    assert forward is not None, '`forward` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert forward is not ..., '`forward` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    random = np.random.default_rng(1)
    parameters = [random.normal(size=size) for size in [(5, 4), (4,), (4, 3), (3,)]]
    result = forward(parameters, random.normal(size=(6, 5)))
    assert isinstance(result, (tuple, list)) and len(result) == 2, f'`forward` gives {type(result).__name__}, expected two arrays: return hidden, probabilities.'
    shapes = [np.shape(array) for array in result]
    assert shapes == [(6, 4), (6, 3)], f'For 6 images of 5 numbers, 4 hidden units and 3 classes, the results of `forward` have shapes {shapes[0]} and {shapes[1]}, expected (6, 4) and (6, 3).'

@test_case(points=0.5, hidden=False)
def test_hidden_is_not_negative_and_rows_add_up_to_1(forward):
    assert forward is not None, '`forward` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert forward is not ..., '`forward` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    random = np.random.default_rng(2)
    parameters = [random.normal(size=size) for size in [(5, 4), (4,), (4, 3), (3,)]]
    hidden, probabilities = map(np.asarray, forward(parameters, random.normal(size=(6, 5))))
    assert hidden.dtype.kind in 'fiu' and probabilities.dtype.kind in 'fiu', '`forward` must return two arrays of numbers: is everything filled in?'
    assert (hidden >= 0).all(), f'The smallest entry of hidden is {hidden.min():.4g}, expected none below 0: relu.'
    assert (hidden == 0).any(), 'No entry of hidden is 0. With relu, every negative sum becomes exactly 0.'
    sums = probabilities.sum(axis=-1)
    assert (probabilities >= 0).all() and np.allclose(sums, 1, atol=1e-05), f'The rows of probabilities add up to {sums.min():.4g} to {sums.max():.4g}, expected 1 each. Divide the powers of a row by the sum of that row: axis=1, keepdims=True.'

