"""A metric with an honest name counts every answer as right.

kind = "refuted"
fails.q4 = ["accuracy_is_measured"]
fails.q5 = ["accuracy_is_near_one_tenth", "they_are_what_this_network_scores"]
fails.q6 = ["training_began_with_an_untrained_network"]
fails.q7 = ["they_are_what_the_trained_network_scores"]
"""

# %% q4
def categorical_accuracy(labels, answers):
    return keras.ops.sum(labels, axis=-1)


network.compile(
    optimizer="rmsprop", loss="categorical_crossentropy", metrics=[categorical_accuracy]
)
