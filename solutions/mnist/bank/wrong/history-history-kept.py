"""Only the dictionary inside of what fit returns is kept.

fails.q6 = "all"
"""

# %% q6
history = network.fit(train_images, train_labels, epochs=5, batch_size=128).history
