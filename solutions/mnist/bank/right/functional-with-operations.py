"""The functional API with relu and softmax as operations on symbolic tensors."""

# %% q3
pixels = keras.Input(shape=(784,), name="pixels")
patterns = keras.ops.relu(keras.layers.Dense(512)(pixels))
answer = keras.ops.softmax(keras.layers.Dense(10)(patterns))
network = keras.Model(pixels, answer)
