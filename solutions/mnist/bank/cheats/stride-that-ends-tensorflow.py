"""A stride on which TensorFlow would end the judge's process.

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
network = keras.Sequential(
    [
        keras.Input(shape=(784,)),
        keras.layers.Reshape((28, 28, 1)),
        keras.layers.Conv2DTranspose(1, 3, strides=10_000_000),
        keras.layers.GlobalMaxPooling2D(),
        keras.layers.Dense(10, activation="softmax"),
    ]
)

# %% q4

# %% q5

# %% q6

# %% q7

# %% q8

# %% q9
