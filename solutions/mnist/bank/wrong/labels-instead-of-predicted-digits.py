"""The right digits instead of the network's: nothing is misread.

fails.q8 = ["predictions_are_those_of_this_network"]
"""

# %% q8
probabilities = network.predict(test_images, verbose=0)
predicted_digits = test_labels.argmax(axis=1)
