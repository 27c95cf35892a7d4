"""All four signs are wrong.

fails.q7 = ["the_four_slopes_are_numbers", "slopes_at_h_and_z"]
"""

# %% q7
dL_dh = 6
dL_dz = 24
dL_dw = 72
dL_db = 24

z = 3 * many_w - 4
w_slopes = 2 * (z**2 - 7) * 2 * z * 3
