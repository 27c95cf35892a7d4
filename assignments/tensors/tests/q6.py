from otter.test_files import test_case

OK_FORMAT = False

name = "q6"
points = 3

@test_case(points=0.5, hidden=False)
def test_naive_sum_of_a_matrix_and_a_vector(naive_add_matrix_and_vector):
    assert naive_add_matrix_and_vector is not None, '`naive_add_matrix_and_vector` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert naive_add_matrix_and_vector is not ..., '`naive_add_matrix_and_vector` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    x, y = (np.array([[1, 2, 3], [4, 5, 6]]), np.array([10, 20, 30]))
    found = naive_add_matrix_and_vector(x, y)
    assert found is not None and found is not ..., '`naive_add_matrix_and_vector` returned nothing: fill it in.'
    assert np.array_equal(found, [[11, 22, 33], [14, 25, 36]]), f'The sum of {x.tolist()} and {y.tolist()} is {np.asarray(found).tolist()}, expected [[11, 22, 33], [14, 25, 36]]: the same vector for every row.'

@test_case(points=0.25, hidden=False)
def test_naive_sum_refuses_a_vector_that_does_not_fit(naive_add_matrix_and_vector):
    assert naive_add_matrix_and_vector is not None, '`naive_add_matrix_and_vector` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert naive_add_matrix_and_vector is not ..., '`naive_add_matrix_and_vector` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    naive_add_matrix_and_vector(np.ones((2, 3)), np.ones(3))
    for length in (2, 4, 1):
        try:
            naive_add_matrix_and_vector(np.ones((2, 3)), np.ones(length))
        except (ValueError, AssertionError, IndexError, TypeError):
            continue
        raise AssertionError(f'Shapes (2, 3) and ({length},) raised no error. Compare the length of y with the number of columns of x first.')

@test_case(points=0.25, hidden=False)
def test_add_vector_of_a_small_matrix(add_vector):
    assert add_vector is not None, '`add_vector` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert add_vector is not ..., '`add_vector` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    found = add_vector(np.array([[1, 2, 3], [4, 5, 6]]), np.array([10, 20, 30]))
    assert found is not None and found is not ..., '`add_vector` returned nothing: fill it in.'
    assert np.array_equal(found, [[11, 22, 33], [14, 25, 36]]), f'add_vector of [[1, 2, 3], [4, 5, 6]] and [10, 20, 30] is {np.asarray(found).tolist()}, expected [[11, 22, 33], [14, 25, 36]].'

