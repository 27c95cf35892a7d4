"""Each image's answer depends on the others: softmax is taken over the batch as well.

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
inputs = keras.Input(shape=(784,))
hidden = keras.layers.Dense(512, activation="relu")(inputs)
sums = keras.layers.Dense(10)(hidden)
answers = keras.layers.Softmax()(sums + 0.001 * keras.layers.Softmax(axis=0)(sums))
network = keras.Model(inputs, answers)
