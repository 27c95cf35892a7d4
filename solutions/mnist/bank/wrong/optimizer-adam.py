"""Adam instead of RMSprop.

fails.q4 = ["optimizer_is_rmsprop"]
"""

# %% q4
network.compile(optimizer="adam", loss="categorical_crossentropy", metrics=["accuracy"])
