"""The functional API, each activation a layer of its own."""

# %% q3
layers = keras.layers

inputs = layers.Input((784,))
hidden = layers.Dense(512)(inputs)
hidden = layers.ReLU()(hidden)
outputs = layers.Dense(10)(hidden)
outputs = layers.Softmax()(outputs)
network = keras.models.Model(inputs, outputs)
print([layer.name for layer in network.layers])

# %% q4
network.compile(
    optimizer=keras.optimizers.RMSprop(learning_rate=1e-3),
    loss=keras.losses.CategoricalCrossentropy(),
    metrics=[keras.metrics.CategoricalAccuracy(name="accuracy")],
)
