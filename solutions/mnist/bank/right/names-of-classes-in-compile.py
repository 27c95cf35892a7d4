"""Loss and metric by the names of their classes, the metrics as a tuple."""

# %% q4
network.compile(
    optimizer="rmsprop", loss="CategoricalCrossentropy", metrics=("CategoricalAccuracy",)
)

# %% q5
untrained_loss, untrained_acc = network.evaluate(test_images, test_labels, batch_size=100)

# %% q7
test_loss, test_acc = network.evaluate(test_images, test_labels, batch_size=100)
