"""The factor 2 of the square is missing by hand; what follows is carried on from there.

fails.q7 = ["slopes_at_h_and_z"]
"""

# %% q7
dL_dh = -3
dL_dz = -12
dL_dw = -36
dL_db = -12

z = 3 * many_w - 4
w_slopes = 2 * (z**2 - 7) * 2 * z * 3
