from otter.test_files import test_case

OK_FORMAT = False

name = "q1"
points = 3

@test_case(points=0.5, hidden=False)
def test_shapes_are_60000_784_and_10000_784(train_images, test_images):
    assert train_images is not None, '`train_images` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert train_images is not ..., '`train_images` is not filled in yet: replace the `...` in the cell above the check.'
    assert test_images is not None, '`test_images` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert test_images is not ..., '`test_images` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    for name, images, count in [('train_images', train_images, 60000), ('test_images', test_images, 10000)]:
        shape = np.shape(images)
        hint = f'Use raw_{name}.reshape(({count}, 784)).'
        if shape == (count, 28, 28):
            hint = f'Each image is still a square. {hint}'
        elif shape[:1] in [(60000,), (10000,)] and shape[0] != count:
            hint = f'Are training and test images exchanged? {hint}'
        assert shape == (count, 784), f'`{name}` has shape {shape}, expected {(count, 784)}. {hint}'

@test_case(points=0.5, hidden=False)
def test_dtype_is_float32(train_images, test_images):
    assert train_images is not None, '`train_images` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert train_images is not ..., '`train_images` is not filled in yet: replace the `...` in the cell above the check.'
    assert test_images is not None, '`test_images` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert test_images is not ..., '`test_images` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    for name, images in [('train_images', train_images), ('test_images', test_images)]:
        dtype = str(np.asarray(images).dtype)
        hint = 'Convert with .astype("float32").'
        if dtype == 'uint8':
            hint = f'These are still whole numbers. {hint}'
        elif dtype == 'float64':
            hint = f'This is twice the memory, for precision that a network cannot use. {hint}'
        assert dtype == 'float32', f'`{name}` has dtype {dtype}, expected float32. {hint}'

@test_case(points=0.5, hidden=False)
def test_pixels_reach_from_0_to_1(train_images, test_images):
    assert train_images is not None, '`train_images` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert train_images is not ..., '`train_images` is not filled in yet: replace the `...` in the cell above the check.'
    assert test_images is not None, '`test_images` is not defined: run the cell that makes it, from top to bottom, and look at the first error above.'
    assert test_images is not ..., '`test_images` is not filled in yet: replace the `...` in the cell above the check.'
    import numpy as np
    for name, images in [('train_images', train_images), ('test_images', test_images)]:
        pixels = np.asarray(images)
        assert pixels.size and pixels.dtype.kind in 'fiu', f'`{name}` holds no numbers.'
        low, high = (float(pixels.min()), float(pixels.max()))
        hint = 'Divide the raw images by 255.'
        if 0 < high < 0.5:
            hint = 'Divided by 255 twice? Begin with the raw images, not with your own result.'
        elif low < 0:
            hint = 'The raw pixels begin at 0: divide by 255 and subtract nothing.'
        elif high > 200:
            hint = 'The images are not divided by 255 yet.'
        elif np.isnan(high):
            hint = 'There are values that are no numbers (NaN). Begin with the raw images.'
        right = abs(low) < 0.001 and abs(high - 1) < 0.001
        assert right, f'`{name}` reaches from {low:.4g} to {high:.4g}, expected 0 to 1. {hint}'

