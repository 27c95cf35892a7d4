"""The first three places are right, the others are typed in roughly.

kind = "refuted"
fails.q6 = ["all_steps_are_right"]
"""

# %% q6
path = np.zeros((41, 2))
path[0] = [8, 1]
path[1] = [7.76, 0.25]
path[2] = [7.3352, -0.5375]
path[3:] = np.linspace(path[2], [0, 0], 38)
