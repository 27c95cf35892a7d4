"""The probabilities are rounded: rows without a sure digit hold nothing.

fails.q8 = ["predictions_are_those_of_this_network"]
"""

# %% q8
probabilities = np.round(network.predict(test_images, verbose=0))
predicted_digits = probabilities.argmax(axis=1)
