from otter.test_files import test_case

OK_FORMAT = False

name = "q7"
points = 4

@test_case(points=0.5, hidden=False)
def test_naive_product_of_small_matrices(naive_matmul):
    assert naive_matmul is not None, '`naive_matmul` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert naive_matmul is not ..., '`naive_matmul` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    x, y = (np.array([[1, 2, 0], [0, 1, 3]]), np.array([[1, 0], [2, 1], [0, 4]]))
    found = naive_matmul(x, y)
    assert found is not None and found is not ..., '`naive_matmul` returned nothing: fill it in.'
    hint = 'Entry (i, j) is row i of x times column j of y, added up.'
    if np.shape(found) == (2, 3):
        hint = f'That has the shape of x. {hint}'
    elif np.shape(found) == (2, 2) and np.array_equal(found, np.array([[0, 0], [0, 12]])):
        hint = f'Only the last of the products is there: add them up. {hint}'
    assert np.array_equal(found, [[5, 2], [2, 13]]), f'naive_matmul of {x.tolist()} and {y.tolist()} is {np.asarray(found).tolist()}, expected [[5, 2], [2, 13]]. {hint}'

@test_case(points=0.5, hidden=False)
def test_naive_product_refuses_shapes_that_do_not_fit(naive_matmul):
    assert naive_matmul is not None, '`naive_matmul` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert naive_matmul is not ..., '`naive_matmul` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    naive_matmul(np.ones((2, 3)), np.ones((3, 2)))
    for shapes in [((2, 2), (3, 2)), ((2, 3), (2, 3)), ((3, 4), (3, 4))]:
        x, y = (np.ones(shape) for shape in shapes)
        try:
            naive_matmul(x, y)
        except (ValueError, AssertionError, IndexError, TypeError):
            continue
        raise AssertionError(f'naive_matmul of shapes {shapes[0]} and {shapes[1]} raised no error. Compare the two inner lengths first.')

@test_case(points=0.25, hidden=False)
def test_product_of_small_matrices(matmul):
    assert matmul is not None, '`matmul` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert matmul is not ..., '`matmul` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    x, y = (np.array([[1, 2, 0], [0, 1, 3]]), np.array([[1, 0], [2, 1], [0, 4]]))
    found = matmul(x, y)
    assert found is not None and found is not ..., '`matmul` returned nothing: fill it in.'
    assert np.array_equal(found, [[5, 2], [2, 13]]), f'matmul of {x.tolist()} and {y.tolist()} is {np.asarray(found).tolist()}, expected [[5, 2], [2, 13]].'

