"""`sys.exit()` stands before the answer of question 5.

fails.q5 = "all"
"""

# %% q5
import sys

sys.exit()
batch_gradients = np.array([gradient(w_start, x[i : i + 100], y[i : i + 100]) for i in range(0, 2000, 100)])
average_gradient = batch_gradients.mean(axis=0)
