"""Loss and accuracy of the test set are typed in, better than the network is.

kind = "refuted"
fails.q7 = ["they_are_what_the_trained_network_scores"]
"""

# %% q7
# evaluate the trained network on test_images and test_labels
test_loss = 0.0213
test_acc = 0.9942

print("trained: loss", test_loss, "accuracy", test_acc)
