"""The accuracies counted in loops; the losses come from evaluate."""

# %% q5
untrained_loss = network.evaluate(test_images, test_labels, verbose=0)[0]
right = 0
for row, digit in zip(network.predict(test_images, verbose=0), raw_test_labels):
    if row.argmax() == digit:
        right += 1
untrained_acc = right / 10000

# %% q7
test_loss = network.evaluate(test_images, test_labels, verbose=0)[0]
answers = network.predict(test_images, verbose=0).argmax(axis=1)
test_acc = sum(int(a == d) for a, d in zip(answers, raw_test_labels)) / len(raw_test_labels)

# %% q9
wrong = 0
answers = network.predict(train_images, batch_size=500, verbose=0).argmax(axis=1)
for answer, digit in zip(answers, raw_train_labels):
    wrong += int(answer != digit)
train_acc = 1 - wrong / 60000
gap = train_acc - test_acc
