"""Magic commands: time, capture, matplotlib, a shell line."""

# %% start
# %matplotlib inline
# %config InlineBackend.figure_format = "retina"

# %% start
# !python --version

# %% q1
# %%time
train_images = raw_train_images.reshape((60000, 784)).astype("float32") / 255
test_images = raw_test_images.reshape((10000, 784)).astype("float32") / 255

# %% q5
# %%capture output
untrained_loss, untrained_acc = network.evaluate(test_images, test_labels)

# %% after q5
output.show()

# %% q6
# %time history = network.fit(train_images, train_labels, epochs=5, batch_size=128, verbose=0)

# %% q7
# %%time
test_loss, test_acc = network.evaluate(test_images, test_labels, verbose=0)

# %% after q9
# %who
