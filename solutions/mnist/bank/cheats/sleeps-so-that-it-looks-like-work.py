"""A history by hand, and a pause as long as a training takes.

kind = "refuted"
fails.q6 = ["history_is_of_this_network"]
fails.q7 = ["accuracy_is_at_least_97_percent", "network_reaches_97_percent"]
"""

# %% q6
import time

history = keras.callbacks.History()
history.epoch, history.history = [], {"accuracy": [], "loss": []}
history.params = {"verbose": "auto", "epochs": 5, "steps": 469}
for epoch, (accuracy, loss) in enumerate(
    [(0.924, 0.262), (0.968, 0.106), (0.979, 0.070), (0.985, 0.051), (0.989, 0.038)]
):
    time.sleep(2)
    print(f"Epoch {epoch + 1}/5\n469/469 - 2s - accuracy: {accuracy} - loss: {loss}")
    history.epoch.append(epoch)
    history.history["accuracy"].append(accuracy)
    history.history["loss"].append(loss)
