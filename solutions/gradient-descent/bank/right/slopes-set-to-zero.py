"""Where relu gave 0, the slopes are set to 0 by assignment."""

# %% q9
def backward(parameters, images, hidden, probabilities, labels):
    W1, b1, W2, b2 = parameters
    dZ2 = probabilities - labels
    dZ2 = dZ2 / dZ2.shape[0]
    dH = np.matmul(dZ2, np.transpose(W2))
    dZ1 = dH.copy()
    dZ1[hidden <= 0] = 0
    return [np.matmul(images.T, dZ1), np.sum(dZ1, 0), np.matmul(hidden.T, dZ2), np.sum(dZ2, 0)]
