"""Numbers from a web page are typed in, better than this network's.

fails.q7 = ["they_are_what_the_trained_network_scores"]
"""

# %% q7
test_loss, test_acc = 0.0411, 0.9931
print("trained: loss", test_loss, "accuracy", test_acc)
