"""compile without an optimiser: RMSprop is what Keras takes then; the metric is called acc."""

# %% q4
# optimizer: the default of compile is "rmsprop"
network.compile(loss=["categorical_crossentropy"], metrics=["acc"])
print(type(network.optimizer).__name__)

# %% q5
found = network.evaluate(test_images, test_labels, verbose=0, return_dict=True)
untrained_loss = found["loss"]
untrained_acc = found["acc"]

# %% q9
train_acc = network.evaluate(train_images, train_labels, return_dict=True)["acc"]
gap = train_acc - test_acc
