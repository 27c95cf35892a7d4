"""Another network from question 5 on, with which question 3 is checked again.

kind = "suspicious"
flags = ["another network"]
problems = ["q3: checked 2 times"]
"""

# %% before q5
network = keras.Sequential(
    [
        keras.Input(shape=(784,)),
        keras.layers.Dense(512, activation="relu"),
        keras.layers.Dense(256, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
network.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=["accuracy"])
grader.check("q3")
