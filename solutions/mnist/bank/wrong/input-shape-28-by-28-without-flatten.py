"""The network takes squares, but nothing lays their rows end to end.

fails.q3 = [
    "it_takes_784_inputs",
    "it_has_407050_parameters",
    "outputs_are_a_probability_distribution",
]
fails.q4 = ["it_learns"]
fails.q5 = "all"
fails.q6 = "all"
fails.q7 = "all"
fails.q8 = "all"
fails.q9 = "all"
"""

# %% q3
network = keras.Sequential(
    [
        keras.Input(shape=(28, 28)),
        keras.layers.Dense(512, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
