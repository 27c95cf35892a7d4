"""The two layers done by hand with the trained weights, and compared with predict."""

# %% q8
W1, b1, W2, b2 = network.get_weights()
hidden = np.maximum(0, test_images @ W1 + b1)
scores = hidden @ W2 + b2
scores = scores - scores.max(axis=1, keepdims=True)
probabilities = np.exp(scores) / np.exp(scores).sum(axis=1, keepdims=True)
predicted_digits = probabilities.argmax(axis=1)

# %% after q8
difference = abs(probabilities - network.predict(test_images, verbose=0)).max()
print("largest difference to predict:", difference)
