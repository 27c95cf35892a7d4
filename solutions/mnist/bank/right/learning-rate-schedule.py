"""RMSprop with a learning rate that sinks to nothing over the five epochs."""

# %% q4
steps = 5 * 469
rate = keras.optimizers.schedules.CosineDecay(initial_learning_rate=0.001, decay_steps=steps)
network.compile(
    optimizer=keras.optimizers.RMSprop(learning_rate=rate),
    loss="categorical_crossentropy",
    metrics=["accuracy"],
)
