"""The network is tested on the images it was trained on.

kind = "refuted"
fails.q7 = ["they_are_what_the_trained_network_scores"]
"""

# %% q7
test_loss, test_acc = network.evaluate(train_images, train_labels, verbose=0)
