"""A real History of Keras, filled in by hand; the network is never trained.

kind = "refuted"
flags = ["too fast"]
fails.q6 = ["history_is_of_this_network"]
fails.q7 = ["accuracy_is_at_least_97_percent", "network_reaches_97_percent"]
"""

# %% q6
from keras.callbacks import History

history = History()
history.epoch = [0, 1, 2, 3, 4]
history.set_params({"verbose": "auto", "epochs": 5, "steps": 469})
history.history = {
    "accuracy": [0.9243, 0.9681, 0.9786, 0.9847, 0.9889],
    "loss": [0.2615, 0.1055, 0.0701, 0.0513, 0.0383],
}
