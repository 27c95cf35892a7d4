"""The velocity is changed in place; places are copied."""

# %% q6
place = valley_start.copy()
path = [place.copy()]
velocity = np.zeros(2)
for _ in range(40):
    velocity *= 0.8
    velocity += valley_gradient(place)
    place -= 0.03 * velocity
    path.append(place.copy())
path = np.array(path)
