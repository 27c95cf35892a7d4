"""EarlyStopping that never needs to stop, a slower end, and a log file."""

# %% q6
callbacks = [
    keras.callbacks.EarlyStopping(monitor="loss", patience=3),
    keras.callbacks.LearningRateScheduler(lambda epoch, rate: rate if epoch < 3 else rate * 0.5),
    keras.callbacks.CSVLogger("training.csv"),
]
history = network.fit(
    train_images, train_labels, epochs=5, batch_size=128, callbacks=callbacks, verbose=0
)

# %% after q6
with open("training.csv") as file:
    print(file.read())
