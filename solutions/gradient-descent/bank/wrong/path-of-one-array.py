"""One array is changed in place, and stands in the path 41 times.

fails.q6 = "all"
"""

# %% q6
place = valley_start.copy()
path = [place]
velocity = np.zeros(2)
for _ in range(40):
    velocity = 0.8 * velocity + valley_gradient(place)
    place -= 0.03 * velocity
    path.append(place)
path = np.array(path)
