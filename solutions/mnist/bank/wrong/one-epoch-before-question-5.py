"""One epoch to try it out, and then five more.

fails.q5 = ["accuracy_is_near_one_tenth", "network_is_untrained"]
fails.q6 = ["training_began_with_an_untrained_network"]
"""

# %% q5
network.fit(train_images, train_labels, epochs=1, batch_size=128)  # does it work?
untrained_loss, untrained_acc = network.evaluate(test_images, test_labels, verbose=0)
