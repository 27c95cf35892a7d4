"""The notebook as it was given out: nothing was filled in.

fails.q1 = "all"
fails.q2 = "all"
fails.q3 = "all"
fails.q4 = "all"
fails.q5 = "all"
fails.q6 = "all"
fails.q7 = "all"
fails.q8 = "all"
fails.q9 = "all"
fails.q10 = "all"
"""

# %% q1
def derivative(f, x, h=1e-4):
    # slope: how much f rises from x - h to x + h, for each unit of the way
    slope = ...
    return slope

# %% q2
def loss(w, x, y):
    # errors: shape (n,), prediction minus truth, for each point
    errors = ...
    # mean_square: one number
    mean_square = ...
    return mean_square

# %% q3
def gradient(w, x, y):
    # errors: shape (n,), as in the loss
    errors = ...
    # slopes: shape (2,), how the loss changes with w[0], and with w[1]
    slopes = ...
    return slopes

# %% q4
def step(w, g, rate):
    # new_w: one step from w, against g
    new_w = ...
    return new_w

# %% q5
# batch_gradients: shape (20, 2), one gradient for each batch of 100 points
batch_gradients = ...
# average_gradient: shape (2,), the mean of the rows
average_gradient = ...

# %% q6
path = [valley_start]
velocity = np.zeros(2)
# 40 times: make the new velocity, take one step, append where it leads
...
path = np.array(path)

# %% q7
# by hand, each a number: the slopes of L at w = 2, b = -4
dL_dh = ...
dL_dz = ...
dL_dw = ...
dL_db = ...

# in code: w_slopes, shape (81,), the slope of L with respect to w, for every w in many_w
w_slopes = ...

# %% q8
def forward(parameters, images):
    W1, b1, W2, b2 = parameters
    # hidden: shape (n, units), after relu
    hidden = ...
    # probabilities: shape (n, classes), after softmax of each row
    probabilities = ...
    return hidden, probabilities

# %% q9
def backward(parameters, images, hidden, probabilities, labels):
    W1, b1, W2, b2 = parameters
    # the four slopes, each of the shape of what it belongs to
    dW1 = ...
    db1 = ...
    dW2 = ...
    db2 = ...
    return [dW1, db1, dW2, db2]

# %% q10
def train(parameters, images, labels, epochs, batch_size, rate):
    for _ in range(epochs):
        # shuffle; then, for each batch: forward, backward, and new parameters
        ...
    return parameters


# trained: four arrays, from start
trained = ...
# test_acc: a number between 0 and 1
test_acc = ...

print("accuracy on the test set:", test_acc)
