"""The notebook as it was given out: nothing was filled in.

fails.q1 = "all"
fails.q2 = "all"
fails.q3 = "all"
fails.q4 = "all"
fails.q5 = "all"
fails.q6 = "all"
fails.q7 = "all"
fails.q8 = "all"
fails.q9 = "all"
"""

# %% q1
# train_images: shape (60000, 784), made from raw_train_images
train_images = ...
# test_images: shape (10000, 784), made from raw_test_images
test_images = ...

# %% q2
# train_labels: shape (60000, 10), made from raw_train_labels
train_labels = ...
# test_labels: shape (10000, 10), made from raw_test_labels
test_labels = ...

# %% q3
# network: 784 inputs, then 512 units with relu, then 10 units with softmax
network = ...

# %% q4
# call network.compile with an optimizer, a loss and a list of metrics
...

# %% q5
# evaluate the untrained network on test_images and test_labels
untrained_loss = ...
untrained_acc = ...

print("untrained: loss", untrained_loss, "accuracy", untrained_acc)

# %% q6
# train on train_images and train_labels, and keep what fit returns
history = ...

# %% q7
# evaluate the trained network on test_images and test_labels
test_loss = ...
test_acc = ...

print("trained: loss", test_loss, "accuracy", test_acc)

# %% q8
# probabilities: shape (10000, 10), one row for each test image
probabilities = ...
# predicted_digits: shape (10000,), the column of the largest probability in each row
predicted_digits = ...

# %% q9
# train_acc: the accuracy on train_images and train_labels, as a number
train_acc = ...
# gap: how much higher it is than test_acc
gap = ...

print("training accuracy", train_acc, "gap", gap)
