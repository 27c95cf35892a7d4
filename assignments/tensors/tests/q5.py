from otter.test_files import test_case

OK_FORMAT = False

name = "q5"
points = 2

@test_case(points=0.5, hidden=False)
def test_seconds_are_positive_numbers(naive_seconds, numpy_seconds):
    assert naive_seconds is not None, '`naive_seconds` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert naive_seconds is not ..., '`naive_seconds` is not filled in yet: replace the `...` in the cell above the check.'
    assert numpy_seconds is not None, '`numpy_seconds` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert numpy_seconds is not ..., '`numpy_seconds` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    for name, value in [('naive_seconds', naive_seconds), ('numpy_seconds', numpy_seconds)]:
        number = np.asarray(value)
        assert number.size == 1 and number.dtype.kind in 'fi', f'`{name}` must be one number of seconds, such as seconds(...) returns.'
        assert 0 < float(number.reshape(())) < 600, f'`{name}` is {float(number.reshape(())):.4g}, expected a number of seconds above 0.'

@test_case(points=0.5, hidden=False)
def test_times_faster_is_their_ratio(naive_seconds, numpy_seconds, times_faster):
    assert naive_seconds is not None, '`naive_seconds` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert naive_seconds is not ..., '`naive_seconds` is not filled in yet: replace the `...` in the cell above the check.'
    assert numpy_seconds is not None, '`numpy_seconds` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert numpy_seconds is not ..., '`numpy_seconds` is not filled in yet: replace the `...` in the cell above the check.'
    assert times_faster is not None, '`times_faster` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert times_faster is not ..., '`times_faster` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    numbers = [np.asarray(value) for value in (naive_seconds, numpy_seconds, times_faster)]
    assert all((number.size == 1 and number.dtype.kind in 'fi' for number in numbers)), '`naive_seconds`, `numpy_seconds` and `times_faster` must be one number each.'
    naive, vectorised, ratio = (float(number.reshape(())) for number in numbers)
    hint = 'Divide the seconds of the slow one by those of the fast one.'
    if vectorised > 0 and abs(ratio * naive - vectorised) <= 0.01 * vectorised:
        hint = f'It is the other way round. {hint}'
    assert vectorised > 0 and abs(ratio * vectorised - naive) <= 0.01 * naive, f'`times_faster` is {ratio:.4g}, which is not the ratio of the two times. {hint}'

