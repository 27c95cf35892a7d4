"""Without metrics evaluate returns one number only, and taking two of it raises.

fails.q4 = ["accuracy_is_measured"]
fails.q5 = [
    "loss_and_accuracy_are_numbers",
    "accuracy_is_near_one_tenth",
    "they_are_what_this_network_scores",
]
fails.q7 = [
    "loss_and_accuracy_are_numbers_of_a_trained_network",
    "accuracy_is_at_least_97_percent",
    "they_are_what_the_trained_network_scores",
]
fails.q9 = "all"
"""

# %% q4
network.compile(optimizer="rmsprop", loss="categorical_crossentropy")
