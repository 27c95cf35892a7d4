"""The rate is forgotten.

fails.q4 = "all"
"""

# %% q4
def step(w, g, rate):
    return w - g
