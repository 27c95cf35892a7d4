"""Probabilities with five digits, as 64-bit floats; digits as floats."""

# %% q8
probabilities = np.round(network.predict(test_images, verbose=0).astype("float64"), 5)
predicted_digits = probabilities.argmax(axis=1).astype(float)
