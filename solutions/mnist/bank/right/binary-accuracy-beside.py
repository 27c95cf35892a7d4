"""The accuracy has a name of its own, and a metric of another kind stands beside it."""

# %% q4
network.compile(
    optimizer="rmsprop",
    loss="categorical_crossentropy",
    metrics=[keras.metrics.CategoricalAccuracy(name="hits"), "binary_accuracy"],
)

# %% q5
untrained_loss, untrained_acc, _ = network.evaluate(test_images, test_labels, verbose=0)

# %% q7
test_loss, test_acc, _ = network.evaluate(test_images, test_labels, verbose=0)

# %% q9
train_loss, train_acc, _ = network.evaluate(train_images, train_labels, verbose=0)
gap = train_acc - test_acc
