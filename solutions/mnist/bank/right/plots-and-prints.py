"""A picture or some numbers after every question."""

# %% start
import matplotlib.pyplot as plt

plt.style.use("ggplot")
plt.rcParams["figure.figsize"] = (8, 3)

# %% after q1
plt.imshow(train_images[4].reshape(28, 28), cmap="gray_r")
plt.colorbar()
plt.show()
print(f"{train_images.nbytes / 1e6:.0f} MB")

# %% after q2
plt.bar(range(10), train_labels.sum(axis=0))
plt.title("How often is each digit there?")
plt.show()

# %% after q4
first = network.predict(test_images[:3], verbose=0)
print(np.round(first, 2), first.sum(axis=1))

# %% after q6
figure, left = plt.subplots()
left.plot(history.history["loss"], "o-", color="tab:red")
right = left.twinx()
right.plot(history.history["accuracy"], "o-", color="tab:blue")
plt.show()

# %% after q7
weights = network.layers[0].get_weights()[0]
figure, axes = plt.subplots(2, 8)
for axis, unit in zip(axes.flat, weights.T):
    axis.imshow(unit.reshape(28, 28), cmap="RdBu")
    axis.axis("off")
plt.show()

# %% after q8
confusion = np.zeros((10, 10), dtype=int)
for truth, answer in zip(raw_test_labels, predicted_digits):
    confusion[truth, answer] += 1
print(confusion)

# %% after q9
for digit in range(10):
    chosen = raw_test_labels == digit
    print(digit, f"{(predicted_digits[chosen] == digit).mean():.1%}")
