"""A network of a few weights that takes minutes to evaluate.

kind = "refuted"
fails.q3 = "all"
fails.q4 = "all"
fails.q5 = "all"
fails.q6 = "all"
fails.q7 = "all"
fails.q8 = "all"
fails.q9 = "all"
"""

# %% q3
x = inputs = keras.Input(shape=(784,))
x = keras.layers.Reshape((28, 28, 1))(x)
for _ in range(2):
    x = keras.layers.Conv2D(48, 21, padding="same", activation="relu")(x)
x = keras.layers.GlobalMaxPooling2D()(x)
network = keras.Model(inputs, keras.layers.Dense(10, activation="softmax")(x))

# %% q4

# %% q5

# %% q6

# %% q7

# %% q8

# %% q9
