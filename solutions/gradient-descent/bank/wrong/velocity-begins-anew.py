"""The velocity is set to 0 in each turn of the loop.

fails.q6 = ["momentum_carries_on_from_the_second_step", "all_steps_are_right"]
"""

# %% q6
path = [valley_start]
for _ in range(40):
    velocity = np.zeros(2)
    velocity = 0.8 * velocity + valley_gradient(path[-1])
    path.append(step(path[-1], velocity, 0.03))
path = np.array(path)
