"""An own class with the name History and made-up curves; the network is never trained.

kind = "refuted"
fails.q6 = "all"
fails.q7 = ["accuracy_is_at_least_97_percent", "network_reaches_97_percent"]
"""

# %% q6
class History:
    epoch = [0, 1, 2, 3, 4]
    params = {"verbose": 1, "epochs": 5, "steps": 469}
    history = {
        "accuracy": [0.9243, 0.9681, 0.9786, 0.9847, 0.9889],
        "loss": [0.2615, 0.1055, 0.0701, 0.0513, 0.0383],
    }


history = History()
