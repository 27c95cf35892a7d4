"""The trained network is saved, and the rest of the work done with what is loaded."""

# %% after q6
network.save("my_network.keras")

# %% q7
network = keras.saving.load_model("my_network.keras")
test_loss, test_acc = network.evaluate(test_images, test_labels, verbose=0)

# %% q9
again = keras.models.load_model("my_network.keras")
train_loss, train_acc = again.evaluate(train_images, train_labels, verbose=0)
gap = train_acc - test_acc
