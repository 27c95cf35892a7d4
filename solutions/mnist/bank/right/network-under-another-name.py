"""The student calls it model everywhere; network is the same object."""

# %% q3
model = keras.Sequential(
    [
        keras.Input(shape=(784,)),
        keras.layers.Dense(512, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
network = model

# %% q4
model.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=["accuracy"])

# %% q5
untrained_loss, untrained_acc = model.evaluate(test_images, test_labels)

# %% q6
history = model.fit(train_images, train_labels, epochs=5, batch_size=128)

# %% q7
test_loss, test_acc = model.evaluate(test_images, test_labels)

# %% q8
probabilities = model.predict(test_images)
predicted_digits = probabilities.argmax(axis=1)

# %% q9
train_acc = model.evaluate(train_images, train_labels)[1]
gap = train_acc - test_acc
