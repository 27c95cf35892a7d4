"""Checks in the answer cells, their own cells deleted; two questions in one cell."""

# %% q1
train_images = raw_train_images.reshape((60000, 784)).astype("float32") / 255
test_images = raw_test_images.reshape((10000, 784)).astype("float32") / 255
grader.check("q1")

# %% check q1

# %% q5
untrained_loss, untrained_acc = network.evaluate(test_images, test_labels, verbose=0)
grader.check("q5")
history = network.fit(train_images, train_labels, epochs=5, batch_size=128)
grader.check("q6")

# %% check q5

# %% q6

# %% check q6

# %% q8
probabilities = network.predict(test_images, verbose=0)
predicted_digits = probabilities.argmax(axis=1)
result = grader.check("q8")
print(result)
train_loss, train_acc = network.evaluate(train_images, train_labels, verbose=0)
gap = train_acc - test_acc

# %% check q8
