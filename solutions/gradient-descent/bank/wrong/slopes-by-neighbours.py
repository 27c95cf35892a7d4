"""w_slopes come from differences of neighbours, which are too far apart.

fails.q7 = ["slopes_for_many_w"]
"""

# %% q7
dL_dh = -6
dL_dz = -24
dL_dw = -72
dL_db = -24

w_slopes = np.gradient(((3 * many_w - 4) ** 2 - 7) ** 2, many_w)
