"""The network is trained in the cell of question 5 and evaluated after that.

fails.q5 = ["accuracy_is_near_one_tenth", "network_is_untrained"]
"""

# %% q5
history = network.fit(train_images, train_labels, epochs=5, batch_size=128)
untrained_loss, untrained_acc = network.evaluate(test_images, test_labels, verbose=0)
print("untrained: loss", untrained_loss, "accuracy", untrained_acc)

# %% q6
# see the cell above
