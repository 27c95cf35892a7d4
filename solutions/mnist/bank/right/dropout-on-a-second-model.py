"""Experiments with other models, trained for a moment beside the network."""

# %% after q6
experiment = keras.Sequential(
    [
        keras.Input(shape=(784,)),
        keras.layers.Dense(512, activation="relu"),
        keras.layers.Dropout(0.3),
        keras.layers.BatchNormalization(),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
experiment.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
experiment_history = experiment.fit(
    train_images[:4000], train_labels[:4000], epochs=2, batch_size=64, verbose=0
)
print("with dropout:", experiment.evaluate(test_images[:1000], test_labels[:1000], verbose=0))

# %% after q9
for units in (8, 32):
    small = keras.Sequential(
        [
            keras.Input(shape=(28, 28)),
            keras.layers.Flatten(),
            keras.layers.Dense(units, activation="tanh"),
            keras.layers.Dense(10, activation="softmax"),
        ]
    )
    small.compile("sgd", "sparse_categorical_crossentropy", metrics=["accuracy"])
    small.fit(raw_train_images[:2000] / 255, raw_train_labels[:2000], epochs=1, verbose=0)
    print(units, small.evaluate(raw_test_images[:500] / 255, raw_test_labels[:500], verbose=0))
