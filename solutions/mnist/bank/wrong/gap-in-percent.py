"""The gap is given in percentage points.

fails.q9 = ["gap_is_the_difference"]
"""

# %% q9
train_loss, train_acc = network.evaluate(train_images, train_labels, verbose=0)
gap = (train_acc - test_acc) * 100
print(f"training accuracy {train_acc:.4f}, gap {gap:.2f} %")
