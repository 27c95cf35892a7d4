"""The rank of one image in place of all.

fails.q1 = ["rank_is_the_number_of_axes"]
"""

# %% q1
rank = 2
shape_a = (28, 28)
shape_b = (60000, 28)
shape_c = (90, 14, 14)
shape_d = (1,)
dtype_e = "float64"
