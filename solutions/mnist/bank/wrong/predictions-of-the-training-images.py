"""The training images are predicted instead of the test images.

fails.q8 = ["shapes_are_10000_10_and_10000", "predictions_are_those_of_this_network"]
"""

# %% q8
probabilities = network.predict(train_images, verbose=0)
predicted_digits = probabilities.argmax(axis=1)
