"""A function of its own that is called relu, in place of Keras' own.

kind = "refuted"
fails.q3 = "all"
fails.q4 = "all"
fails.q5 = ["they_are_what_this_network_scores", "network_is_untrained"]
fails.q6 = ["history_is_of_this_network"]
fails.q7 = ["network_reaches_97_percent", "they_are_what_the_trained_network_scores"]
fails.q8 = ["predictions_are_those_of_this_network"]
fails.q9 = ["training_accuracy_is_that_of_this_network"]
"""

# %% q3
def relu(values):
    return keras.ops.maximum(values, 0.01 * values)


network = keras.Sequential(
    [
        keras.Input(shape=(784,)),
        keras.layers.Dense(512, activation=relu),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
