"""The predictions were made before training.

fails.q8 = ["predictions_are_those_of_this_network"]
"""

# %% before q6
probabilities = network.predict(test_images, verbose=0)

# %% q8
predicted_digits = probabilities.argmax(axis=1)
