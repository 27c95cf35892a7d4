"""w_start moves on from batch to batch.

fails.q5 = ["each_row_is_the_gradient_of_its_batch", "average_is_the_gradient_of_all_points"]
"""

# %% q5
w_now, rows = w_start, []
for i in range(0, 2000, 100):
    rows.append(gradient(w_now, x[i : i + 100], y[i : i + 100]))
    w_now = step(w_now, rows[-1], 0.1)
batch_gradients = np.array(rows)
average_gradient = batch_gradients.mean(axis=0)
