"""Without keras.Input the network does not know its inputs before it is used.

fails.q3 = ["it_takes_784_inputs"]
"""

# %% q3
network = keras.Sequential(
    [
        keras.layers.Dense(512, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
