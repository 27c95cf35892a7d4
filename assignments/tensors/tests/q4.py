from otter.test_files import test_case

OK_FORMAT = False

name = "q4"
points = 2

@test_case(points=0.5, hidden=False)
def test_relu_and_add_of_small_matrices(relu, add):
    assert relu is not None, '`relu` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert relu is not ..., '`relu` is not filled in yet: replace the `...` in the cell above the check.'
    assert add is not None, '`add` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert add is not ..., '`add` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    x = np.array([[1.5, -2.0, 0.0], [-0.5, 3.0, -4.0]])
    found = relu(x)
    assert found is not None and found is not ..., '`relu` returned nothing: fill it in.'
    assert np.array_equal(found, [[1.5, 0, 0], [0, 3, 0]]), f'relu of {x.tolist()} is {np.asarray(found).tolist()}, expected [[1.5, 0, 0], [0, 3, 0]].'
    x, y = (np.array([[1.5, -2.0], [-0.5, 3.0]]), np.array([[1.0, 2.0], [3.0, 4.0]]))
    found = add(x, y)
    assert found is not None and found is not ..., '`add` returned nothing: fill it in.'
    assert np.array_equal(found, [[2.5, 0], [2.5, 7]]), f'add of [[1.5, -2], [-0.5, 3]] and [[1, 2], [3, 4]] is {np.asarray(found).tolist()}, expected [[2.5, 0], [2.5, 7]].'

