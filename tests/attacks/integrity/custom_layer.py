"""
tries: a registered layer and a registered function of its own in an otherwise right model
holds: neither is known to the judge
puts: q3
expects: q3=0
"""

import keras


@keras.saving.register_keras_serializable("judging")
class Dense(keras.layers.Dense):
    def build(self, shape):
        raise SystemExit


Dense.__module__ = "keras.layers"
network = keras.Sequential([keras.Input((4,)), Dense(3)])
