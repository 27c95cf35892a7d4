"""Dictionaries and loops over the two sets; evaluate gives dictionaries, too."""

# %% q1
raw = {"train": raw_train_images, "test": raw_test_images}
images = {}
for name, array in raw.items():
    images[name] = array.reshape(array.shape[0], -1).astype("float32") / 255
    print(name, images[name].shape, images[name].dtype)
train_images, test_images = images["train"], images["test"]

# %% q2
labels = {
    name: keras.utils.to_categorical(digits, num_classes=10)
    for name, digits in [("train", raw_train_labels), ("test", raw_test_labels)]
}
train_labels, test_labels = labels["train"], labels["test"]

# %% q5
result = network.evaluate(test_images, test_labels, return_dict=True, verbose=0)
untrained_loss, untrained_acc = result["loss"], result["accuracy"]

# %% q7
result = network.evaluate(test_images, test_labels, return_dict=True, verbose=0)
test_loss, test_acc = result["loss"], result["accuracy"]

# %% q9
results = {
    name: network.evaluate(images[name], labels[name], return_dict=True, verbose=0)
    for name in images
}
train_acc = results["train"]["accuracy"]
gap = results["train"]["accuracy"] - results["test"]["accuracy"]
