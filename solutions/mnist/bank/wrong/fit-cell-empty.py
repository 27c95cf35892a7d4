"""The network is never trained; what follows is measured rightly.

fails.q6 = "all"
fails.q7 = ["accuracy_is_at_least_97_percent", "network_reaches_97_percent"]
"""

# %% q6
# train on train_images and train_labels, and keep what fit returns
history = ...
