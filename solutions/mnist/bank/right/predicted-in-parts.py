"""The test images go through the network a thousand at a time."""

# %% q8
parts = []
for start in range(0, 10000, 1000):
    part = network(test_images[start : start + 1000], training=False)
    parts.append(part.numpy())
probabilities = np.concatenate(parts)
predicted_digits = np.argmax(probabilities, axis=1)
