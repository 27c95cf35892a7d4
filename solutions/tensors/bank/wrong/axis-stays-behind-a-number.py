"""A number in brackets is taken for a slice: the axis stays, with one entry.

fails.q1 = [
    "predicted_shapes_have_the_right_number_of_axes",
    "shapes_of_what_a_number_picks",
    "shapes_of_slices",
]
"""

# %% q1
rank = 3
shape_a = (1, 28, 28)
shape_b = (60000, 1, 28)
shape_c = (90, 14, 14)
shape_d = (1, 1, 1)
dtype_e = "float64"
