"""Ten units first, then 512: the outputs do not fit the labels.

fails.q3 = [
    "units_are_512_then_10",
    "it_has_407050_parameters",
    "outputs_are_a_probability_distribution",
]
fails.q4 = ["it_learns"]
fails.q5 = "all"
fails.q6 = "all"
fails.q7 = "all"
fails.q8 = [
    "shapes_are_10000_10_and_10000",
    "predicted_digits_are_0_to_9",
    "predictions_are_those_of_this_network",
]
fails.q9 = "all"
"""

# %% q3
network = keras.Sequential(
    [
        keras.Input(shape=(784,)),
        keras.layers.Dense(10, activation="relu"),
        keras.layers.Dense(512, activation="softmax"),
    ]
)
