"""The gradient is always that of the start.

fails.q6 = ["all_steps_are_right"]
"""

# %% q6
path = [valley_start]
velocity = np.zeros(2)
for _ in range(40):
    velocity = 0.8 * velocity + valley_gradient(valley_start)
    path.append(step(path[-1], velocity, 0.03))
path = np.array(path)
