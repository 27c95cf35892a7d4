"""Everything is right, but a loop without an end follows the answer of question 4.

problems = ["is there an endless loop?"]
"""

# %% q4
network.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=["accuracy"])
while True:
    pass
