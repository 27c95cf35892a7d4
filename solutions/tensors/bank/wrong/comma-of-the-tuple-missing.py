"""The shape of a vector without its comma is a number.

fails.q1 = "all"
"""

# %% q1
rank = 3
shape_a = (28, 28)
shape_b = (60000, 28)
shape_c = (90, 14, 14)
shape_d = (1)
dtype_e = "float64"
