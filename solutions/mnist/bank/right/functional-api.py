"""The functional API, with one variable for everything."""

# %% q3
from keras import Input, Model
from keras.layers import Dense

inputs = Input(shape=(784,))
x = Dense(512, activation="relu")(inputs)
x = Dense(10, activation="softmax")(x)
network = Model(inputs=inputs, outputs=x, name="reader")

# %% q6
history = network.fit(x=train_images, y=train_labels, batch_size=128, epochs=5, shuffle=True)

# %% q8
probabilities = network.predict(test_images)
predicted_digits = np.argmax(probabilities, 1).astype("uint8")
