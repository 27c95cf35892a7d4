"""Two more metrics beside accuracy, so that evaluate returns four numbers."""

# %% q4
network.compile(
    optimizer="rmsprop",
    loss="categorical_crossentropy",
    metrics=["accuracy", keras.metrics.TopKCategoricalAccuracy(k=3, name="top3"), "mse"],
)

# %% q5
untrained_loss, untrained_acc, untrained_top3, untrained_mse = network.evaluate(
    test_images, test_labels, verbose=0
)
print("the right digit is among the first three:", untrained_top3)

# %% q7
test_loss, test_acc, *others = network.evaluate(test_images, test_labels, verbose=0)
print("others:", others)

# %% q9
train_acc = network.evaluate(train_images, train_labels, verbose=0)[1]
gap = train_acc - test_acc
