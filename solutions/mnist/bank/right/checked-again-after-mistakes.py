"""First attempts that fail their check, then right ones that are checked again.

problems = ["q1: checked 2 times", "q3: checked 3 times"]
"""

# %% q1
train_images = raw_train_images
test_images = raw_test_images

# %% check q1
grader.check("q1")

# %% check q1
train_images = raw_train_images.reshape((60000, 784)).astype("float32") / 255
test_images = raw_test_images.reshape((10000, 784)).astype("float32") / 255
grader.check("q1")

# %% q3
network = keras.Sequential()
network.add(keras.layers.Dense(512, activation="relu"))
network.add(keras.layers.Dense(10, activation="sigmoid"))

# %% check q3
grader.check("q3")

# %% check q3
network = keras.Sequential()
network.add(keras.Input(shape=(784,)))
network.add(keras.layers.Dense(512, activation="relu"))
network.add(keras.layers.Dense(10, activation="sigmoid"))
grader.check("q3")

# %% check q3
network = keras.Sequential()
network.add(keras.Input(shape=(784,)))
network.add(keras.layers.Dense(512, activation="relu"))
network.add(keras.layers.Dense(10, activation="softmax"))
grader.check("q3")
