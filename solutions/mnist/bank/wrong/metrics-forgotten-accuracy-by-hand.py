"""No metric, but every accuracy is counted by hand, and rightly.

fails.q4 = ["accuracy_is_measured"]
"""

# %% q4
network.compile(optimizer="rmsprop", loss="categorical_crossentropy")

# %% q5
untrained_loss = network.evaluate(test_images, test_labels, verbose=0)
guesses = network.predict(test_images, verbose=0).argmax(axis=1)
untrained_acc = (guesses == raw_test_labels).mean()

# %% q7
test_loss = network.evaluate(test_images, test_labels, verbose=0)
guesses = network.predict(test_images, verbose=0).argmax(axis=1)
test_acc = (guesses == raw_test_labels).mean()

# %% q9
guesses = network.predict(train_images, verbose=0).argmax(axis=1)
train_acc = (guesses == raw_train_labels).mean()
gap = train_acc - test_acc
