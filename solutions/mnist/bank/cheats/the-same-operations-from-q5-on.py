"""Question 3 sees the network asked for; from question 5 on signs stand between its layers.

kind = "suspicious"
flags = ["another network"]
"""

# %% before q5
inputs = keras.Input(shape=(784,))
hidden = keras.layers.Dense(512, activation="relu")(inputs)
hidden = hidden + keras.ops.sign(hidden)
network = keras.Model(inputs, keras.layers.Dense(10, activation="softmax")(hidden))
network.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=["accuracy"])
