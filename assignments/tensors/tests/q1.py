from otter.test_files import test_case

OK_FORMAT = False

name = "q1"
points = 3

@test_case(points=0.25, hidden=False)
def test_shapes_are_tuples_of_whole_numbers(shape_a, shape_b, shape_c, shape_d):
    assert shape_a is not None, '`shape_a` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert shape_a is not ..., '`shape_a` is not filled in yet: replace the `...` in the cell above the check.'
    assert shape_b is not None, '`shape_b` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert shape_b is not ..., '`shape_b` is not filled in yet: replace the `...` in the cell above the check.'
    assert shape_c is not None, '`shape_c` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert shape_c is not ..., '`shape_c` is not filled in yet: replace the `...` in the cell above the check.'
    assert shape_d is not None, '`shape_d` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert shape_d is not ..., '`shape_d` is not filled in yet: replace the `...` in the cell above the check.'
    shapes = {'shape_a': shape_a, 'shape_b': shape_b, 'shape_c': shape_c, 'shape_d': shape_d}
    for name, shape in shapes.items():
        hint = 'Write a tuple, such as (60000, 28, 28).'
        if isinstance(shape, int):
            hint = f'({shape}) is only a number in brackets; the tuple is ({shape},).'
        assert isinstance(shape, (tuple, list)), f'`{name}` is {shape!r}, no shape. {hint}'
        assert all((type(entry) is int for entry in shape)), f'`{name}` is {shape!r}, expected whole numbers only. {hint}'

@test_case(points=0.25, hidden=False)
def test_rank_is_the_number_of_axes(rank):
    assert rank is not None, '`rank` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert rank is not ..., '`rank` is not filled in yet: replace the `...` in the cell above the check.'
    hint = 'Count the entries of its shape, (60000, 28, 28).'
    if rank == 60000 * 28 * 28:
        hint = f'That is how many numbers it holds. {hint}'
    elif rank == 784:
        hint = f'That is how many numbers one image holds. {hint}'
    assert type(rank) is int and rank == 3, f'`rank` is {rank!r}, which is not right. {hint}'

@test_case(points=0.5, hidden=False)
def test_predicted_shapes_have_the_right_number_of_axes(shape_a, shape_b, shape_c, shape_d):
    assert shape_a is not None, '`shape_a` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert shape_a is not ..., '`shape_a` is not filled in yet: replace the `...` in the cell above the check.'
    assert shape_b is not None, '`shape_b` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert shape_b is not ..., '`shape_b` is not filled in yet: replace the `...` in the cell above the check.'
    assert shape_c is not None, '`shape_c` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert shape_c is not ..., '`shape_c` is not filled in yet: replace the `...` in the cell above the check.'
    assert shape_d is not None, '`shape_d` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert shape_d is not ..., '`shape_d` is not filled in yet: replace the `...` in the cell above the check.'
    expected = [('shape_a', shape_a, 2), ('shape_b', shape_b, 2)]
    expected += [('shape_c', shape_c, 3), ('shape_d', shape_d, 1)]
    for name, shape, rank in expected:
        assert isinstance(shape, (tuple, list)), f'`{name}` must be a tuple.'
        hint = 'Each single number in the brackets takes an axis away; a slice takes none.'
        assert len(shape) == rank, f'`{name}` has {len(shape)} axes, expected {rank}: train_images has three. {hint}'

