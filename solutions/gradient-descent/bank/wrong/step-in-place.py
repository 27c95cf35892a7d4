"""The step changes the array that it is given.

fails.q4 = ["step_makes_a_new_array", "steps_of_all_shapes"]
fails.q10 = [
    "train_returns_new_arrays",
    "loss_falls_on_fresh_data",
    "each_epoch_uses_every_image_in_shuffled_batches",
]
"""

# %% q4
def step(w, g, rate):
    w -= rate * g
    return w
