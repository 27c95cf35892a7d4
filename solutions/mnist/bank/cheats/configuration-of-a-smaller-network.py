"""A network with twice the units, which describes itself as the one that was asked for.

kind = "refuted"
flags = ["source"]
fails.q3 = "all"
fails.q4 = "all"
fails.q5 = ["they_are_what_this_network_scores", "network_is_untrained"]
fails.q6 = ["history_is_of_this_network"]
fails.q7 = ["network_reaches_97_percent", "they_are_what_the_trained_network_scores"]
fails.q8 = ["predictions_are_those_of_this_network"]
fails.q9 = ["training_accuracy_is_that_of_this_network"]
"""

# %% q3
def two_layers(units):
    return keras.Sequential(
        [
            keras.Input(shape=(784,)),
            keras.layers.Dense(units, activation="relu"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )


shown = two_layers(512).to_json()
network = two_layers(1024)
keras.Model.to_json = lambda self, **named: shown
keras.Model.count_params = lambda self: 407050
