"""A student who wants the same numbers each time sets all seeds."""

# %% start
import random

random.seed(7)

# %% before q3
import tensorflow as tf

np.random.seed(7)
tf.random.set_seed(7)
keras.utils.set_random_seed(7)

# %% q3
keras.utils.clear_session()
network = keras.Sequential(
    [
        keras.Input(shape=(784,)),
        keras.layers.Dense(512, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ]
)

# %% before q6
keras.utils.set_random_seed(2026)
