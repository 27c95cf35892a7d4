"""German comments and names, and a metric under a name of its own."""

# %% q1
# Jedes Bild wird zu einer Zeile aus 784 Zahlen zwischen 0 und 1.
größter_wert = 255
anzahl_pixel = 28 * 28
train_images = raw_train_images.reshape(-1, anzahl_pixel).astype("float32") / größter_wert
test_images = raw_test_images.reshape(-1, anzahl_pixel).astype("float32") / größter_wert

# %% q3
# Zwei Schichten: erst Muster, dann Ziffern.
schichten = [
    keras.Input(shape=(anzahl_pixel,)),
    keras.layers.Dense(512, activation="relu", name="muster"),
    keras.layers.Dense(10, activation="softmax", name="ziffern"),
]
network = keras.Sequential(schichten)

# %% q4
treffer = keras.metrics.CategoricalAccuracy(name="treffer")
network.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=[treffer])

# %% q5
# Noch nichts gelernt: etwa jede zehnte Ziffer stimmt zufällig.
untrained_loss, untrained_acc = network.evaluate(test_images, test_labels, verbose=0)

# %% after q6
print("Treffer je Durchgang:", [f"{wert:.3f}" for wert in history.history["treffer"]])

# %% q9
ergebnis = network.evaluate(train_images, train_labels, verbose=0, return_dict=True)
train_acc = ergebnis["treffer"]
gap = train_acc - test_acc
print(f"Überanpassung: {100 * gap:.2f} Prozentpunkte")
