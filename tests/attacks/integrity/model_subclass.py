"""
tries: a model class of its own with the name and the answers of the right one
holds: a class does not cross
puts: q3
expects: q3=0
"""

import keras


class Sequential(keras.Sequential):
    __module__ = "keras.src.models.sequential_"
    count_params = lambda self: 15

    def get_config(self):
        return {"name": "x", "layers": []}


Sequential.__qualname__ = Sequential.__name__ = "Sequential"
network = Sequential()
