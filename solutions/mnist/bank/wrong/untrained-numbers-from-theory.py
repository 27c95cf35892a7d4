"""What the text says one expects is typed in; nothing is measured.

fails.q5 = ["they_are_what_this_network_scores"]
"""

# %% q5
untrained_loss = -np.log(1 / 10)
untrained_acc = 1 / 10
print("untrained: loss", untrained_loss, "accuracy", untrained_acc)
