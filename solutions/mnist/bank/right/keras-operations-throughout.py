"""Only keras.ops: reshape, cast, one_hot, argmax, mean."""

# %% q1
from keras import ops

train_images = ops.cast(ops.reshape(raw_train_images, (60000, 784)), "float32") / 255.0
test_images = ops.cast(ops.reshape(raw_test_images, (10000, 784)), "float32") / 255.0

# %% q2
train_labels = ops.one_hot(raw_train_labels, 10)
test_labels = ops.one_hot(raw_test_labels, 10)

# %% q8
probabilities = ops.convert_to_tensor(network.predict(test_images, verbose=0))
predicted_digits = ops.argmax(probabilities, axis=-1)

# %% q9
answers = ops.argmax(network.predict(train_images, batch_size=1000, verbose=0), axis=-1)
train_acc = float(ops.mean(ops.cast(ops.equal(answers, raw_train_labels), "float32")))
gap = train_acc - test_acc
