"""
tries: weights that do not fit: another number, another shape, a text, a single huge one
holds: they are refused
puts: q3
expects: q1=2 q2=3 q3=0
"""

import keras

network = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])
keras.Sequential.get_weights = keras.Model.get_weights = lambda self: [
    np.zeros((4, 3)),
    np.zeros(3),
    np.zeros(1_000_000),
]
