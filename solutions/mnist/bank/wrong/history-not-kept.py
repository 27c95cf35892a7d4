"""What fit returns is not kept.

fails.q6 = "all"
"""

# %% q6
network.fit(train_images, train_labels, epochs=5, batch_size=128)
