from otter.test_files import test_case

OK_FORMAT = False

name = "q8"
points = 2
all_or_nothing = True

@test_case(points=0.5, hidden=False)
def test_shapes_are_10000_10_and_10000(probabilities, predicted_digits):
    assert probabilities is not None, '`probabilities` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert probabilities is not ..., '`probabilities` is not filled in yet: replace the `...` in the cell above the check.'
    assert predicted_digits is not None, '`predicted_digits` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert predicted_digits is not ..., '`predicted_digits` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    shape = np.shape(probabilities)
    assert shape == (10000, 10), f'`probabilities` has shape {shape}, expected (10000, 10): ten for each test image. Use network.predict(test_images).'
    shape = np.shape(predicted_digits)
    hint = 'Use probabilities.argmax(axis=1).'
    if shape == (10,):
        hint = f'axis=0 looks for the largest in each column. {hint}'
    elif shape == ():
        hint = f'Without an axis, argmax looks for the largest of all. {hint}'
    assert shape == (10000,), f'`predicted_digits` has shape {shape}, expected (10000,): one digit for each image. {hint}'

@test_case(points=0.5, hidden=False)
def test_predicted_digits_are_0_to_9(predicted_digits):
    assert predicted_digits is not None, '`predicted_digits` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert predicted_digits is not ..., '`predicted_digits` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    digits = np.asarray(predicted_digits)
    assert digits.dtype.kind in 'fiu' and np.isin(digits, range(10)).all(), '`predicted_digits` must hold whole numbers from 0 to 9. Use probabilities.argmax(axis=1).'

