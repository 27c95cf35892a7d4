"""Kommentare und Namen auf Deutsch."""

# %% q2
def loss(w, x, y):
    # Fehler: Vorhersage minus Wahrheit
    fehler = w[0] * x + w[1] - y
    # mittleres Quadrat
    return (fehler**2).mean()

# %% q9
def backward(parameters, images, hidden, probabilities, labels):
    W1, b1, W2, b2 = parameters
    anzahl = images.shape[0]
    fehler_am_ende = (probabilities - labels) / anzahl
    fehler_innen = np.where(hidden > 0, fehler_am_ende @ W2.T, 0)
    return [images.T @ fehler_innen, fehler_innen.sum(0), hidden.T @ fehler_am_ende, fehler_am_ende.sum(0)]
