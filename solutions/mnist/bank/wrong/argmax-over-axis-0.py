"""argmax over the wrong axis: the image that looks most like each digit.

fails.q8 = [
    "shapes_are_10000_10_and_10000",
    "predicted_digits_are_0_to_9",
    "predictions_are_those_of_this_network",
]
"""

# %% q8
probabilities = network.predict(test_images, verbose=0)
predicted_digits = probabilities.argmax(axis=0)
