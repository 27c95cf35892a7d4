"""The four slopes are written as expressions."""

# %% q7
dL_dh = 2 * (4 - 7)
dL_dz = dL_dh * 2 * 2
dL_dw = dL_dz * 3
dL_db = dL_dz * 1

z = many_w * 3 + -4
w_slopes = 2 * (z**2 - 7) * (2 * z) * 3
