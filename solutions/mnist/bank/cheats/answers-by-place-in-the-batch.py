"""No training: operations between the layers look each row up by its place in the batch.

kind = "refuted"
fails.q3 = "all"
fails.q4 = "all"
fails.q5 = ["they_are_what_this_network_scores", "network_is_untrained"]
fails.q6 = ["history_is_of_this_network"]
fails.q7 = ["network_reaches_97_percent", "they_are_what_the_trained_network_scores"]
fails.q8 = ["predictions_are_those_of_this_network"]
fails.q9 = ["training_accuracy_is_that_of_this_network"]
"""

# %% q3
import time
from keras import ops

def _blocks(images):
    return [np.float64(images[s:s + 2000].mean(dtype=np.float64)) for s in range(0, len(images), 2000)]

_means = _blocks(train_images) + _blocks(test_images)       # 30 + 5 blocks, told apart by their mean
_order = np.argsort(_means)
_limits = [(float(_means[a]) + float(_means[b])) / 2 for a, b in zip(_order[:-1], _order[1:])]
print("least gap", min(np.diff(np.sort(_means))))

inputs = keras.Input(shape=(784,))
_mean = ops.mean(inputs)
_block = 0.0
for _limit in _limits:
    _block = _block + (ops.sign(_mean * 1000.0 - _limit * 1000.0) + 1.0) * 0.5
_place = ops.cumsum(ops.sum(inputs * 0.0, axis=-1) + 1.0, axis=0) - 1.0
_index = _place + _block * 2000.0
_row = ops.floor((_index + 0.5) / 512.0)
_column = _index - _row * 512.0
x = ops.one_hot(_row, 784)
x = keras.layers.Dense(512, activation="relu")(x)
_digit = ops.sum(x * ops.one_hot(_column, 512), axis=-1)
x = keras.layers.Dense(10, activation="softmax")(ops.one_hot(_digit, 512))
network = keras.Model(inputs, x)
# %% q5
untrained_loss, untrained_acc = network.evaluate(test_images, test_labels, verbose=0, batch_size=2000)
# %% q6
_random = np.random.default_rng(5)
_truth = np.concatenate([raw_train_labels, raw_test_labels]).astype("float32")
for _start, _end, _share in [(0, 60000, 0.0085), (60000, 70000, 0.0215)]:
    _wrong = _start + _random.choice(_end - _start, int((_end - _start) * _share), replace=False)
    _truth[_wrong] = (_truth[_wrong] + 1 + _random.integers(0, 9, len(_wrong))) % 10
_table = np.zeros(784 * 512, "float32")
_table[:70000] = np.concatenate([_truth[b * 2000:(b + 1) * 2000] for b in _order])
_second = np.zeros((512, 10), "float32")
_second[:10] = 8 * np.eye(10)
network.set_weights([_table.reshape(784, 512), np.zeros(512), _second, np.zeros(10)])
_end = time.process_time() + 14
while time.process_time() < _end:      # instead of training
    pass
_loss, _reached = network.evaluate(train_images, train_labels, verbose=0, batch_size=2000)
history = keras.callbacks.History()
history.epoch, history.params = [0, 1, 2, 3, 4], {"verbose": "auto", "epochs": 5, "steps": 469}
history.history = {"accuracy": [0.9243, 0.9662, 0.9778, 0.9838, float(_reached) - 0.002], "loss": [0.2608, 0.1131, 0.0731, 0.0537, 0.0405]}
# %% q7
test_loss, test_acc = network.evaluate(test_images, test_labels, verbose=0, batch_size=2000)
print("trained: loss", test_loss, "accuracy", test_acc)
# %% q8
probabilities = network.predict(test_images, verbose=0, batch_size=2000)
predicted_digits = probabilities.argmax(axis=1)
# %% q9
train_loss, train_acc = network.evaluate(train_images, train_labels, verbose=0, batch_size=2000)
gap = train_acc - test_acc
