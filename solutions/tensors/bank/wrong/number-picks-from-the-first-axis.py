"""`[:, 7]` is read as `[7]`.

fails.q1 = ["shapes_of_what_a_number_picks"]
"""

# %% q1
rank = 3
shape_a = (28, 28)
shape_b = (28, 28)
shape_c = (90, 14, 14)
shape_d = (1,)
dtype_e = "float64"
