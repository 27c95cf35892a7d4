"""The untrained loss and accuracy are what the text says they should be, not what was measured.

kind = "refuted"
fails.q5 = ["they_are_what_this_network_scores"]
"""

# %% q5
untrained_loss = -np.log(1 / 10)
untrained_acc = 0.1

print("untrained: loss", untrained_loss, "accuracy", untrained_acc)
