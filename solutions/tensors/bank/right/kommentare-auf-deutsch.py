"""Namen und Kommentare auf Deutsch."""

# %% q3
# Aufgabe 3: elementweise, mit Schleifen
def naive_relu(x):
    zeilen, spalten = x.shape
    ergebnis = np.zeros((zeilen, spalten))
    for zeile in range(zeilen):
        for spalte in range(spalten):
            wert = x[zeile, spalte]
            ergebnis[zeile, spalte] = wert if wert > 0 else 0  # größer als null bleibt
    return ergebnis


def naive_add(x, y):
    if x.shape != y.shape:
        raise ValueError("Die Formen passen nicht zusammen")
    ergebnis = np.zeros(x.shape)
    for zeile in range(x.shape[0]):
        for spalte in range(x.shape[1]):
            ergebnis[zeile, spalte] = x[zeile, spalte] + y[zeile, spalte]
    return ergebnis
