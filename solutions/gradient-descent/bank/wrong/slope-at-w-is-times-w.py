"""dL_dz is multiplied by w in place of the input.

fails.q7 = ["slopes_at_w_and_b"]
"""

# %% q7
dL_dh = -6
dL_dz = -24
dL_dw = -48
dL_db = -24

z = 3 * many_w - 4
w_slopes = 2 * (z**2 - 7) * 2 * z * 3
