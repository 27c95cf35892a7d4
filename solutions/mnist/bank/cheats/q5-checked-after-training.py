"""Question 5 is checked after the training, with numbers that are typed in.

kind = "refuted"
fails.q5 = ["they_are_what_this_network_scores", "network_is_untrained"]
"""

# %% q5
untrained_loss, untrained_acc = 2.3026, 0.1

# %% check q5

# %% after q6
grader.check("q5")
