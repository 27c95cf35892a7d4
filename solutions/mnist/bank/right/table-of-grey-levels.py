"""A table says what each grey level becomes; labels are truth values."""

# %% q1
table = np.linspace(0, 1, 256, dtype="float32")
train_images = table[raw_train_images.reshape(60000, 784)]
test_images = table[raw_test_images.reshape(10000, 784)]

# %% q2
# True and False count as 1 and 0
train_labels = raw_train_labels.reshape(-1, 1) == np.arange(10)
test_labels = raw_test_labels.reshape(-1, 1) == np.arange(10)
print(train_labels.dtype, train_labels[4].astype(int))

# %% q4
network.compile("rmsprop", loss="categorical_crossentropy", metrics=["categorical_accuracy"])
