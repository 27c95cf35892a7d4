"""Small functions do everything twice that is needed twice."""

# %% q1
def prepare(images):
    """Lay the rows end to end and scale to [0, 1]."""
    count = images.shape[0]
    return images.reshape((count, 784)).astype("float32") / 255


train_images = prepare(raw_train_images)
test_images = prepare(raw_test_images)

# %% q2
def one_hot(digits, classes=10):
    result = np.zeros((len(digits), classes), dtype="float32")
    for row, digit in zip(result, digits):
        row[digit] = 1
    return result


train_labels, test_labels = one_hot(raw_train_labels), one_hot(raw_test_labels)

# %% q3
def build_network(hidden=512, classes=10):
    model = keras.Sequential(name="digits")
    model.add(keras.Input(shape=(784,)))
    model.add(keras.layers.Dense(hidden, activation="relu"))
    model.add(keras.layers.Dense(classes, activation="softmax"))
    return model


network = build_network()

# %% q5
def score(images, labels):
    loss, acc = network.evaluate(images, labels, verbose=0)
    print(f"loss {loss:.4f}, accuracy {acc:.2%}")
    return loss, acc


untrained_loss, untrained_acc = score(test_images, test_labels)

# %% q7
test_loss, test_acc = score(test_images, test_labels)

# %% q9
_, train_acc = score(train_images, train_labels)
gap = train_acc - test_acc
