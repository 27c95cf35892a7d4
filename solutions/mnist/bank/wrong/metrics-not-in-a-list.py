"""The metric is a text, not a list: compile raises.

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
network.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics="accuracy")
