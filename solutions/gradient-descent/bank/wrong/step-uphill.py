"""The step adds the gradient. The walk with momentum uses it: wrong once.

fails.q4 = "all"
fails.q10 = [
    "trained_holds_the_four_arrays",
    "accuracy_is_at_least_90_percent",
    "loss_falls_on_fresh_data",
    "each_epoch_uses_every_image_in_shuffled_batches",
    "trained_network_reads_90_percent",
    "accuracy_is_that_of_the_trained_network",
]
"""

# %% q4
def step(w, g, rate):
    return w + rate * g
