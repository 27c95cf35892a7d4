"""A shape in quotation marks.

fails.q1 = [
    "shapes_are_tuples_of_whole_numbers",
    "predicted_shapes_have_the_right_number_of_axes",
    "shapes_of_what_a_number_picks",
]
"""

# %% q1
rank = 3
shape_a = "(28, 28)"
shape_b = (60000, 28)
shape_c = (90, 14, 14)
shape_d = (1,)
dtype_e = "float64"
