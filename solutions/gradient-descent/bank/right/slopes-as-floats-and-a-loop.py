"""The four slopes are floats, and many_w is worked through in a loop."""

# %% q7
dL_dh, dL_dz, dL_dw, dL_db = -6.0, -24.0, -72.0, -24.0

w_slopes = []
for w in many_w:
    z = 3 * w - 4
    h = z * z
    w_slopes.append(2 * (h - 7) * 2 * z * 3)
