"""history is overwritten by a later evaluation in the same cell.

fails.q6 = "all"
"""

# %% q6
history = network.fit(train_images, train_labels, epochs=5, batch_size=128)
history = network.evaluate(train_images, train_labels, verbose=0)
print(history)
