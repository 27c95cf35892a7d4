"""A function is replaced after its check; how it was when it was checked counts."""

# %% after q3
def naive_relu(x):
    return np.maximum(x, 0)


x = np.arange(-3, 3)
print(naive_relu(x))

# %% after q4
for x in [1, 2, 3]:
    print(relu(x))
