"""network is overwritten with what fit returns.

fails.q6 = "all"
fails.q7 = "all"
fails.q8 = "all"
fails.q9 = "all"
"""

# %% q6
network = network.fit(train_images, train_labels, epochs=5, batch_size=128)
