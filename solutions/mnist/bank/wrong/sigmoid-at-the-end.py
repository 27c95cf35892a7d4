"""Sigmoid instead of softmax: each output is between 0 and 1, but they do not add up to 1.

fails.q3 = ["activations_are_relu_then_softmax", "outputs_are_a_probability_distribution"]
"""

# %% q3
network = keras.Sequential(
    [
        keras.Input(shape=(784,)),
        keras.layers.Dense(512, activation="relu"),
        keras.layers.Dense(10, activation="sigmoid"),
    ]
)
