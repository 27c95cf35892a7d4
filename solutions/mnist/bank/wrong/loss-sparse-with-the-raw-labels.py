"""The sparse loss, and from then on the raw labels: the rest is right.

fails.q4 = ["loss_is_categorical_crossentropy", "it_learns"]
"""

# %% q4
network.compile(
    optimizer="rmsprop", loss="sparse_categorical_crossentropy", metrics=["accuracy"]
)

# %% q5
untrained_loss, untrained_acc = network.evaluate(test_images, raw_test_labels, verbose=0)
print("untrained: loss", untrained_loss, "accuracy", untrained_acc)

# %% q6
history = network.fit(train_images, raw_train_labels, epochs=5, batch_size=128)

# %% q7
test_loss, test_acc = network.evaluate(test_images, raw_test_labels, verbose=0)
print("trained: loss", test_loss, "accuracy", test_acc)

# %% q9
train_loss, train_acc = network.evaluate(train_images, raw_train_labels, verbose=0)
gap = train_acc - test_acc
print("training accuracy", train_acc, "gap", gap)
