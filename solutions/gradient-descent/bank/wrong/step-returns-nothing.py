"""The new weights are not returned.

fails.q4 = "all"
fails.q10 = "all"
"""

# %% q4
def step(w, g, rate):
    new_w = w - rate * g
