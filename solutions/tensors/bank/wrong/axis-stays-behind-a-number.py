"""A number in brackets is taken for a slice: the axis stays, with one entry.

fails.q1 = "all"
"""

# %% q1
rank = 3
shape_a = (1, 28, 28)
shape_b = (60000, 1, 28)
shape_c = (90, 14, 14)
shape_d = (1, 1, 1)
dtype_e = "float64"
