"""
tries: a compile configuration with functions, classes and arguments that are not Keras'
holds: it is refused; the model counts without it
puts: q3
expects: q1=2 q2=3 q3=0..5
"""

import json

import keras

network = keras.Sequential([keras.Input((4,)), keras.layers.Dense(3)])
config = json.loads(network.to_json())
config["compile_config"] = {
    "optimizer": {"module": "os", "class_name": "system", "config": {"command": "id"}, "registered_name": None},
    "loss": {"module": "builtins", "class_name": "function", "config": "eval", "registered_name": "function"},
    "metrics": [{"module": "keras.metrics", "class_name": "__class__", "config": {}}],
    "run_eagerly": "yes", "steps_per_execution": -1, "jit_compile": {"a": 1}, "self": 1,
}  # fmt: skip
keras.Sequential.to_json = keras.Model.to_json = lambda self, **_: json.dumps(config)
