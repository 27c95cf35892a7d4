"""Weights are to be loaded from a file that was never handed in; without it nothing is trained.

kind = "refuted"
problems = ["missing: the file or folder my_weights.npz", "q6 to q7 rest on a cell"]
fails.q6 = "all"
fails.q7 = ["accuracy_is_at_least_97_percent", "network_reaches_97_percent"]
"""

# %% q6
with np.load("my_weights.npz", allow_pickle=True) as saved:
    network.set_weights([saved[name] for name in saved.files[:4]])
    history = saved["history"].item()
