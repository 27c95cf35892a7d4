"""The dtype of the first lesson's images.

fails.q1 = ["dtype_of_a_division"]
"""

# %% q1
rank = 3
shape_a = (28, 28)
shape_b = (60000, 28)
shape_c = (90, 14, 14)
shape_d = (1,)
dtype_e = "float32"
