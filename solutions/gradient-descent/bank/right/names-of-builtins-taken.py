"""Variables called sum, max, input, list and type, and a star import."""

# %% q2
from numpy import *


def loss(w, x, y):
    list = w[0] * x + w[1] - y
    sum = mean(list * list)
    return sum

# %% q8
def forward(input, type):
    max = maximum(0, type @ input[0] + input[1])
    id = max @ input[2] + input[3]
    id = exp(id - id.max(axis=1, keepdims=True))
    return max, id / id.sum(axis=1, keepdims=True)
