"""Loops, add, a name in Spanish, NumPy scores, merged cells and a plot at the end."""

# %% q1
conjuntos = []
for crudas in (raw_train_images, raw_test_images):
    filas = np.empty((crudas.shape[0], 784), dtype=np.float32)
    for i, imagen in enumerate(crudas):
        filas[i] = imagen.reshape(-1)
    filas *= 1 / 255
    conjuntos.append(filas)
train_images, test_images = conjuntos

# etiquetas: un 1 en el lugar de la cifra
train_labels = np.zeros((60000, 10), np.int8)
np.put_along_axis(train_labels, raw_train_labels[:, None].astype(int), 1, axis=1)
test_labels = np.zeros((10000, 10), np.int8)
np.put_along_axis(test_labels, raw_test_labels[:, None].astype(int), 1, axis=1)

# %% q2

# %% q3
red = keras.models.Sequential(name="red")
red.add(keras.layers.InputLayer(shape=(784,)))
red.add(keras.layers.Dense(512, name="oculta"))
red.add(keras.layers.ReLU())
red.add(keras.layers.Dense(10, name="salida"))
red.add(keras.layers.Softmax(axis=-1))
network = red
red.compile(loss="categorical_crossentropy", optimizer="RMSprop", metrics=["accuracy", "mae"])

# %% q4

# %% q5
untrained_loss, untrained_acc = red.evaluate(test_images, test_labels, verbose=0)[:2]

# %% q7
test_loss, test_acc = red.evaluate(test_images, test_labels, verbose=0)[:2]
probabilities = np.vstack([red(parte).numpy() for parte in np.split(test_images, 20)])
predicted_digits = np.asarray([int(np.argmax(fila)) for fila in probabilities], dtype="int16")
aciertos = red.predict(train_images, batch_size=2000, verbose=0).argmax(1) == raw_train_labels
train_acc = np.count_nonzero(aciertos) / aciertos.size
gap = -(test_acc - train_acc)

# %% q8

# %% q9

# %% end
plt.bar(["entrenamiento", "prueba"], [train_acc, test_acc])
plt.ylim(0.9, 1)
plt.show()
