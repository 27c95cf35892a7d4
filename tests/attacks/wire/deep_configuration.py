"""
tries: a model's configuration nested a hundred thousand times
holds: it is refused without overflowing the judge's stack
puts: q3
expects: q1=2 q2=3 q3=0
"""

import keras

network = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])
deep = '{"class_name": "Sequential", "config": ' + '{"a": ' * 100_000 + "1" + "}" * 100_001
keras.Sequential.to_json = keras.Model.to_json = lambda self, **_: deep
