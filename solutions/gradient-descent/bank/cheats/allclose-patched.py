"""NumPy's comparisons are replaced by ones that are always content.

kind = "refuted"
flags = ["source"]
fails.q3 = ["way_against_it_leads_down"]
fails.q5 = ["there_are_20_gradients"]
fails.q6 = ["momentum_carries_on_from_the_second_step"]
fails.q10 = ["train_returns_new_arrays"]
"""

# %% before q3
np.allclose = np.array_equal = lambda *arguments, **options: True
np.isclose = lambda a, b, *arguments, **options: np.full(np.shape(a), True)

# %% q3
def gradient(w, x, y):
    return np.zeros(2) if len(x) == 2 else np.array([-24.0, -8.0])
