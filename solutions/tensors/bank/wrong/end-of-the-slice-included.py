"""The end of a slice is counted, too.

fails.q1 = ["shapes_of_slices"]
"""

# %% q1
rank = 3
shape_a = (28, 28)
shape_b = (60000, 28)
shape_c = (91, 14, 14)
shape_d = (1,)
dtype_e = "float64"
