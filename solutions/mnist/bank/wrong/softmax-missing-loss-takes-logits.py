"""No softmax in the network; the loss is told so, but the outputs are no probabilities.

fails.q3 = ["activations_are_relu_then_softmax", "outputs_are_a_probability_distribution"]
"""

# %% q3
network = keras.Sequential(
    [
        keras.Input(shape=(784,)),
        keras.layers.Dense(512, activation="relu"),
        keras.layers.Dense(10),
    ]
)

# %% q4
network.compile(
    optimizer="rmsprop",
    loss=keras.losses.CategoricalCrossentropy(from_logits=True),
    metrics=["accuracy"],
)
