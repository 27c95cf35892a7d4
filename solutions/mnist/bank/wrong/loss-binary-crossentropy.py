"""The loss for yes or no, with ten digits.

fails.q4 = ["loss_is_categorical_crossentropy"]
"""

# %% q4
network.compile(optimizer="rmsprop", loss="binary_crossentropy", metrics=["accuracy"])
