"""The walk is a function that calls itself."""

# %% q6
def walk(place, velocity, left):
    if left == 0:
        return [place]
    velocity = 0.8 * velocity + valley_gradient(place)
    return [place, *walk(step(place, velocity, 0.03), velocity, left - 1)]


path = np.stack(walk(valley_start, np.zeros(2), 40))
