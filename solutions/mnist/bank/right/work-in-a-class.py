"""A class of the student's own keeps data and network together."""

# %% q1
class Digits:
    """Images and labels of one set."""

    def __init__(self, images, digits):
        self.digits = digits
        self.images = images.reshape(len(images), 784).astype("float32") / 255
        self.labels = keras.utils.to_categorical(digits, 10)

    def score(self, network):
        return network.evaluate(self.images, self.labels, verbose=0)

    def __len__(self):
        return len(self.digits)


train, test = Digits(raw_train_images, raw_train_labels), Digits(raw_test_images, raw_test_labels)
train_images, test_images = train.images, test.images
print(len(train), len(test))

# %% q2
train_labels, test_labels = train.labels, test.labels

# %% q5
untrained_loss, untrained_acc = test.score(network)

# %% q6
history = network.fit(train.images, train.labels, epochs=5, batch_size=128)

# %% q7
test_loss, test_acc = test.score(network)

# %% q9
train_loss, train_acc = train.score(network)
gap = train_acc - test_acc
