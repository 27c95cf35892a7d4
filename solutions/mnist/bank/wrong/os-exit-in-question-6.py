"""The student ends the process after training: nothing after that is reached.

not_reached.q6 = "all"
not_reached.q7 = "all"
not_reached.q8 = "all"
not_reached.q9 = "all"
problems = ["the Python process ended"]
"""

# %% q6
import os

history = network.fit(train_images, train_labels, epochs=5, batch_size=128)
os._exit(0)
