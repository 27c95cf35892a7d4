"""A slice from 10 to 100 is taken for 100 entries; the axes after it for whole ones.

fails.q1 = ["shapes_of_slices"]
"""

# %% q1
rank = 3
shape_a = (28, 28)
shape_b = (60000, 28)
shape_c = (100, 28, 28)
shape_d = (1,)
dtype_e = "float64"
