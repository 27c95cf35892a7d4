"""Slopes along the chain are added by hand, and multiplied in code.

fails.q7 = ["slopes_at_h_and_z", "slopes_at_w_and_b"]
"""

# %% q7
dL_dh = -6
dL_dz = -2
dL_dw = -1
dL_db = -5

z = 3 * many_w - 4
w_slopes = 2 * (z**2 - 7) * 2 * z * 3
