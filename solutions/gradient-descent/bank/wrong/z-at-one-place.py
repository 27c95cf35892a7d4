"""In code, the middle factor stays what it was by hand.

fails.q7 = ["there_is_a_slope_for_every_w", "slopes_for_many_w"]
"""

# %% q7
dL_dh = -6
dL_dz = -24
dL_dw = -72
dL_db = -24

z = 3 * many_w - 4
w_slopes = 2 * (z**2 - 7) * 4 * 3
