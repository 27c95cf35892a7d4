"""The step is taken with the old velocity.

fails.q6 = ["momentum_carries_on_from_the_second_step", "all_steps_are_right"]
"""

# %% q6
path = [valley_start]
velocity = np.zeros(2)
for _ in range(40):
    path.append(step(path[-1], velocity, 0.03))
    velocity = 0.8 * velocity + valley_gradient(path[-1])
path = np.array(path)
