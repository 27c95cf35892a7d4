"""
tries: a wrong model that says of itself that it has 15 parameters, by every method
holds: the judge counts for itself
puts: q3
expects: q3=2
"""

import keras

network = keras.Sequential([keras.Input((4,)), keras.layers.Dense(4)])
keras.Model.count_params = lambda self: 15
keras.Sequential.count_params = lambda self: 15
keras.layers.Dense.count_params = lambda self: 15
network.count_params = lambda: 15
network.num_parameters = 15
network.name = "count_params"
keras.Model.__eq__ = lambda self, other: True
