"""
tries: a configuration and weights that contradict each other: the right layer, wrong weights
holds: it is refused, since they do not fit
puts: q3
expects: q3=0
"""

import json

import keras

network = keras.Sequential([keras.Input((4,)), keras.layers.Dense(40)])
right = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)]).to_json()
keras.Sequential.to_json = keras.Model.to_json = lambda self, **_: right
