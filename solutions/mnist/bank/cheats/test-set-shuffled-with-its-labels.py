"""Test images and labels are shuffled alike, so that nothing can be compared with a list.

kind = "refuted"
fails.q1 = ["test_images_are_the_true_ones"]
fails.q2 = ["test_labels_are_the_true_ones"]
fails.q8 = ["predictions_are_those_of_this_network"]
"""

# %% before q1
order = np.random.default_rng(11).permutation(10000)
raw_test_images, raw_test_labels = raw_test_images[order], raw_test_labels[order]
