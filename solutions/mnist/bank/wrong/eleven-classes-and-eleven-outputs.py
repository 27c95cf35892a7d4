"""Eleven columns and eleven outputs fit each other, but not ten digits.

fails.q2 = [
    "shapes_are_60000_10_and_10000_10",
    "train_labels_are_the_true_ones",
    "test_labels_are_the_true_ones",
]
fails.q3 = [
    "units_are_512_then_10",
    "it_has_407050_parameters",
    "outputs_are_a_probability_distribution",
]
fails.q4 = ["it_learns"]
fails.q5 = ["they_are_what_this_network_scores", "network_is_untrained"]
fails.q6 = ["history_is_of_this_network"]
fails.q7 = ["network_reaches_97_percent", "they_are_what_the_trained_network_scores"]
fails.q8 = ["shapes_are_10000_10_and_10000", "predictions_are_those_of_this_network"]
fails.q9 = ["training_accuracy_is_that_of_this_network"]
"""

# %% q2
train_labels = keras.utils.to_categorical(raw_train_labels, 11)
test_labels = keras.utils.to_categorical(raw_test_labels, 11)

# %% q3
network = keras.Sequential(
    [
        keras.Input(shape=(784,)),
        keras.layers.Dense(512, activation="relu"),
        keras.layers.Dense(11, activation="softmax"),
    ]
)
