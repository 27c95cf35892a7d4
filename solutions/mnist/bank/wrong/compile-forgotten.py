"""The cell of question 4 is empty.

fails.q4 = "all"
fails.q5 = [
    "loss_and_accuracy_are_numbers",
    "accuracy_is_near_one_tenth",
    "they_are_what_this_network_scores",
]
fails.q6 = "all"
fails.q7 = "all"
fails.q9 = "all"
"""

# %% q4
# call network.compile with an optimizer, a loss and a list of metrics
