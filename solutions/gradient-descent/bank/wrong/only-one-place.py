"""Arrays of places are not possible.

fails.q1 = [
    "an_array_of_places_gives_an_array_of_slopes",
    "slopes_of_other_functions",
    "default_is_precise",
]
"""

# %% q1
def derivative(f, x, h=1e-4):
    slope = (f(float(x) + h) - f(float(x) - h)) / (2 * h)
    return slope
