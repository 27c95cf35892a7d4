"""w_slopes are the slopes at z.

fails.q7 = ["slopes_for_many_w"]
"""

# %% q7
dL_dh = -6
dL_dz = -24
dL_dw = -72
dL_db = -24

z = 3 * many_w - 4
w_slopes = 2 * (z**2 - 7) * 2 * z
