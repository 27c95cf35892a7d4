"""
tries: a TFSMLayer, which loads a saved graph from a path
holds: it is refused before Keras sees it; nothing of it runs
puts: q3
expects: q1=2 q2=3 q3=0
"""

import json

import keras

network = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])
config = json.loads(network.to_json())
layer = config["config"]["layers"][1]
layer.update(class_name="TFSMLayer", config={"filepath": "saved"})
keras.Sequential.to_json = keras.Model.to_json = lambda self, **_: json.dumps(config)
