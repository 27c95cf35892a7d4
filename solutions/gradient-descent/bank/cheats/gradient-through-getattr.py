"""NumPy's functions are looked up by names that are put together.

kind = "suspicious"
flags = ["source"]
"""

# %% q3
def gradient(w, x, y):
    mean = getattr(np, "me" + "an")
    errors = w[0] * x + w[1] - y
    return 2 * np.array([mean(errors * x), mean(errors)])
