"""The start is not in the path.

fails.q6 = ["path_has_41_places", "all_steps_are_right"]
"""

# %% q6
place, path = valley_start, []
velocity = np.zeros(2)
for _ in range(40):
    velocity = 0.8 * velocity + valley_gradient(place)
    place = step(place, velocity, 0.03)
    path.append(place)
path = np.array(path)
