"""The student tests with asserts and draws more pictures."""

# %% q3
def gradient(w, x, y):
    errors = w[0] * x + w[1] - y
    return np.array([2 * (errors * x).mean(), 2 * errors.mean()])


for place in ([0.5, 1.0], [-2.0, 3.0]):
    first = derivative(lambda w_0: loss([w_0, place[1]], x, y), place[0])
    second = derivative(lambda w_1: loss([place[0], w_1], x, y), place[1])
    assert np.allclose(gradient(place, x, y), [first, second])
plt.plot(np.arange(10), [loss([a, 0], x, y) for a in range(10)])
plt.show()
