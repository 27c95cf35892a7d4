"""The loss is a text that a helper evaluates.

kind = "suspicious"
flags = ["source"]
"""

# %% q2
def compute(text, **values):
    return eval(text, {"np": np}, values)


def loss(w, x, y):
    return compute("np.mean((w[0] * x + w[1] - y) ** 2)", w=w, x=x, y=y)
