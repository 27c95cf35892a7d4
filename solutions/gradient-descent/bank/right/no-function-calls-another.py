"""No answer uses an earlier one."""

# %% q6
path, v = [np.array([8.0, 1.0])], np.array([0.0, 0.0])
for _ in range(40):
    v = 0.8 * v + np.array([1, 25]) * path[-1]
    path.append(path[-1] - 0.03 * v)
path = np.array(path)

# %% q10
def train(parameters, images, labels, epochs, batch_size, rate):
    W1, b1, W2, b2 = parameters
    for _ in range(epochs):
        order = np.random.permutation(len(images))
        for i in range(0, len(images), batch_size):
            X, Y = images[order[i : i + batch_size]], labels[order[i : i + batch_size]]
            H = np.maximum(0, X @ W1 + b1)
            E = np.exp((Z := H @ W2 + b2) - Z.max(axis=1, keepdims=True))
            D = (E / E.sum(axis=1, keepdims=True) - Y) / len(X)
            D1 = (D @ W2.T) * (H > 0)
            W1, b1 = W1 - rate * (X.T @ D1), b1 - rate * D1.sum(axis=0)
            W2, b2 = W2 - rate * (H.T @ D), b2 - rate * D.sum(axis=0)
    return [W1, b1, W2, b2]


trained = train(start, train_images, train_labels, 2, 128, 0.2)
W1, b1, W2, b2 = trained
scores = np.maximum(0, test_images @ W1 + b1) @ W2 + b2
test_acc = (scores.argmax(axis=1) == test_labels.argmax(axis=1)).mean()
