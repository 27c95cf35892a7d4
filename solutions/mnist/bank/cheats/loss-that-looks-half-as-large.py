"""A loss with an honest name says half of what it is.

kind = "refuted"
fails.q5 = ["they_are_what_this_network_scores"]
fails.q7 = ["they_are_what_the_trained_network_scores"]
"""

# %% q4
def categorical_crossentropy(labels, answers):
    return 0.5 * keras.losses.categorical_crossentropy(labels, answers)


network.compile(optimizer="rmsprop", loss=categorical_crossentropy, metrics=["accuracy"])
