"""Another metric than the accuracy: what is kept as accuracy is none.

fails.q4 = ["accuracy_is_measured"]
fails.q5 = ["they_are_what_this_network_scores"]
fails.q7 = ["accuracy_is_at_least_97_percent", "they_are_what_the_trained_network_scores"]
fails.q9 = ["training_accuracy_is_that_of_this_network"]
"""

# %% q4
network.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=["mae"])
