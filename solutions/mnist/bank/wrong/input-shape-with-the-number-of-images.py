"""The input shape counts the images as well.

fails.q3 = ["it_takes_784_inputs", "outputs_are_a_probability_distribution"]
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
        keras.Input(shape=(60000, 784)),
        keras.layers.Dense(512, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
