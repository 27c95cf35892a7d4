"""Loss and accuracy worked out from the predictions with NumPy."""

# %% q5
def loss_and_accuracy(images, digits):
    p = network.predict(images, batch_size=500, verbose=0)
    p_right = p[np.arange(len(digits)), digits]
    loss = -np.log(np.clip(p_right, 1e-7, 1)).mean()
    accuracy = np.mean(p.argmax(axis=1) == digits)
    return loss, accuracy


untrained_loss, untrained_acc = loss_and_accuracy(test_images, raw_test_labels)

# %% q7
test_loss, test_acc = loss_and_accuracy(test_images, raw_test_labels)

# %% q9
_, train_acc = loss_and_accuracy(train_images, raw_train_labels)
gap = train_acc - test_acc
