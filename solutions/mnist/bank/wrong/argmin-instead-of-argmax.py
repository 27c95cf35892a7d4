"""The least probable digit of each image.

fails.q8 = ["predictions_are_those_of_this_network"]
"""

# %% q8
probabilities = network.predict(test_images, verbose=0)
predicted_digits = probabilities.argmin(axis=1)
