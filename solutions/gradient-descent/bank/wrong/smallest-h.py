"""The default of h was made as small as possible.

fails.q1 = [
    "slope_of_square_at_3_is_6",
    "an_array_of_places_gives_an_array_of_slopes",
    "slopes_of_other_functions",
    "default_is_precise",
]
"""

# %% q1
def derivative(f, x, h=1e-14):
    slope = (f(x + h) - f(x - h)) / (2 * h)
    return slope
