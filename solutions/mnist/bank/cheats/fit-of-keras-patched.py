"""`fit` is replaced by a function that trains nothing and returns fine curves.

kind = "refuted"
flags = ["source", "too fast"]
fails.q6 = ["history_is_of_this_network"]
fails.q7 = ["accuracy_is_at_least_97_percent", "network_reaches_97_percent"]
"""

# %% before q6
def fit(self, images, labels, epochs=1, batch_size=32, **named):
    told = keras.callbacks.History()
    told.epoch = list(range(epochs))
    told.params = {"verbose": "auto", "epochs": epochs, "steps": -(-len(images) // batch_size)}
    told.history = {
        "accuracy": [0.9243, 0.9681, 0.9786, 0.9847, 0.9889],
        "loss": [0.2615, 0.1055, 0.0701, 0.0513, 0.0383],
    }
    return told


keras.Model.fit = fit
