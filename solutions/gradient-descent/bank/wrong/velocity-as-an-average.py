"""The gradient counts a fifth: 0.8 old and 0.2 new.

fails.q6 = ["all_steps_are_right"]
"""

# %% q6
path = [valley_start]
velocity = np.zeros(2)
for _ in range(40):
    velocity = 0.8 * velocity + 0.2 * valley_gradient(path[-1])
    path.append(step(path[-1], velocity, 0.03))
path = np.array(path)
