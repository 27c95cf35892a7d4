"""The points are laid into a table with a row for each batch."""

# %% q5
tables = x.reshape(20, 100), y.reshape(20, 100)
batch_gradients = np.zeros((20, 2))
for k, (batch_x, batch_y) in enumerate(zip(*tables)):
    batch_gradients[k] = gradient(w_start, batch_x, batch_y)
average_gradient = np.mean(batch_gradients, axis=0)
