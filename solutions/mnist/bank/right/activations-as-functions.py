"""relu and softmax as functions, once as argument and once in an Activation layer."""

# %% q3
network = keras.Sequential(
    [
        keras.Input(shape=[784], dtype="float32"),
        keras.layers.Dense(512, activation=keras.activations.relu),
        keras.layers.Dense(10),
        keras.layers.Activation(keras.activations.softmax),
    ]
)

# %% q4
network.compile(
    optimizer="RMSprop",
    loss=keras.losses.categorical_crossentropy,
    metrics=[keras.metrics.categorical_accuracy],
)
