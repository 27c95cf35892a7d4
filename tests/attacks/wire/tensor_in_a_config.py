"""
tries: tensors, arrays, bytes and type specifications in a configuration
holds: it is refused before Keras sees it; nothing of it runs
puts: q3
expects: q1=2 q2=3 q3=0
"""
import json

import keras

network = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])
config = json.loads(network.to_json())
layer = config["config"]["layers"][1]
layer["config"]["bias_initializer"] = {"class_name": "__typespec__", "spec_name": "x", "module": "os", "registered_name": None, "config": []}
keras.Sequential.to_json = keras.Model.to_json = lambda self, **_: json.dumps(config)
