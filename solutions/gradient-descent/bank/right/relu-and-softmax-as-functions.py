"""Relu and softmax are functions of their own."""

# %% q8
def relu(z):
    return z * (z > 0)


def softmax(z):
    e = np.exp(z - np.max(z, axis=-1, keepdims=True))
    return e / np.sum(e, axis=-1, keepdims=True)


def forward(parameters, images):
    W1, b1, W2, b2 = parameters
    hidden = relu(np.dot(images, W1) + b1)
    return hidden, softmax(np.dot(hidden, W2) + b2)
