"""`-1:` is taken for all but the last one.

fails.q1 = ["shapes_of_slices"]
"""

# %% q1
rank = 3
shape_a = (28, 28)
shape_b = (60000, 28)
shape_c = (90, 14, 14)
shape_d = (59999,)
dtype_e = "float64"
