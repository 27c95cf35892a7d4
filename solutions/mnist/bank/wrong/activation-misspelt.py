"""Keras knows no activation of this name: the cell raises, and there is no network.

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
        keras.layers.Dense(512, activation="rellu"),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
