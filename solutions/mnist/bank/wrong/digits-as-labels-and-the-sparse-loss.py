"""The labels stay digits and the loss is the one for digits: the rest is right.

fails.q2 = "all"
fails.q4 = ["loss_is_categorical_crossentropy", "it_learns"]
"""

# %% q2
train_labels = raw_train_labels
test_labels = raw_test_labels

# %% q4
network.compile(
    optimizer="rmsprop", loss="sparse_categorical_crossentropy", metrics=["accuracy"]
)
