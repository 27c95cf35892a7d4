"""A class of the student's own does the work; the functions call its methods."""

# %% q8
class Network:
    """Two layers."""

    def __init__(self, parameters):
        self.W1, self.b1, self.W2, self.b2 = parameters

    def answer(self, images):
        self.images = images
        self.hidden = np.maximum(0, images @ self.W1 + self.b1)
        sums = self.hidden @ self.W2 + self.b2
        powers = np.exp(sums - sums.max(axis=1, keepdims=True))
        self.probabilities = powers / powers.sum(axis=1, keepdims=True)
        return self.probabilities

    def slopes(self, images, hidden, probabilities, labels):
        dZ2 = (probabilities - labels) / len(images)
        dZ1 = (dZ2 @ self.W2.T) * (hidden > 0)
        return [images.T @ dZ1, dZ1.sum(axis=0), hidden.T @ dZ2, dZ2.sum(axis=0)]


def forward(parameters, images):
    network = Network(parameters)
    network.answer(images)
    return network.hidden, network.probabilities

# %% q9
def backward(parameters, images, hidden, probabilities, labels):
    return Network(parameters).slopes(images, hidden, probabilities, labels)
