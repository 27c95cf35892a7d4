from otter.test_files import test_case

OK_FORMAT = False

name = "q3"
points = 3

@test_case(points=0.5, hidden=False)
def test_naive_relu_of_a_small_matrix(naive_relu):
    assert naive_relu is not None, '`naive_relu` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert naive_relu is not ..., '`naive_relu` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    x = np.array([[1.5, -2.0, 0.0], [-0.5, 3.0, -4.0]])
    found = naive_relu(x)
    assert found is not None and found is not ..., '`naive_relu` returned nothing: fill it in.'
    hint = 'Keep what is positive, and put 0 in place of the rest.'
    if np.shape(found) == (2, 3) and np.array_equal(found, -np.minimum(x, 0)):
        hint = f'It is the other way round. {hint}'
    elif np.shape(found) == (2, 3) and np.array_equal(found, np.abs(x)):
        hint = f'That only drops the signs. {hint}'
    assert np.array_equal(found, [[1.5, 0, 0], [0, 3, 0]]), f'naive_relu of {x.tolist()} is {np.asarray(found).tolist()}, expected [[1.5, 0, 0], [0, 3, 0]]. {hint}'

@test_case(points=0.5, hidden=False)
def test_naive_add_of_two_small_matrices(naive_add):
    assert naive_add is not None, '`naive_add` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert naive_add is not ..., '`naive_add` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    x, y = (np.array([[1, 2, 3], [4, 5, 6]]), np.array([[10, 20, 30], [40, 50, -60]]))
    found = naive_add(x, y)
    assert found is not None and found is not ..., '`naive_add` returned nothing: fill it in.'
    assert np.array_equal(found, [[11, 22, 33], [44, 55, -54]]), f'naive_add of {x.tolist()} and {y.tolist()} is {np.asarray(found).tolist()}, expected [[11, 22, 33], [44, 55, -54]].'

@test_case(points=0.25, hidden=False)
def test_naive_add_refuses_shapes_that_differ(naive_add):
    assert naive_add is not None, '`naive_add` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert naive_add is not ..., '`naive_add` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    naive_add(np.ones((2, 2)), np.ones((2, 2)))
    for shapes in [((2, 2), (3, 2)), ((2, 2), (2, 3)), ((3, 2), (2, 3)), ((2, 3), (2, 2))]:
        x, y = (np.ones(shape) for shape in shapes)
        try:
            naive_add(x, y)
        except (ValueError, AssertionError, IndexError, TypeError):
            continue
        raise AssertionError(f'naive_add of shapes {shapes[0]} and {shapes[1]} raised no error. Compare the shapes first: an answer for what has none is worse than an error.')

