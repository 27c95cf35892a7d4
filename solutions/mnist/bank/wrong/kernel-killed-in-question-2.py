"""The kernel kills itself to free memory; only question 1 was reached.

not_reached.q2 = "all"
not_reached.q3 = "all"
not_reached.q4 = "all"
not_reached.q5 = "all"
not_reached.q6 = "all"
not_reached.q7 = "all"
not_reached.q8 = "all"
not_reached.q9 = "all"
problems = ["the Python process ended"]
"""

# %% q2
import os

os.kill(os.getpid(), 9)  # restart the kernel: memory is full

train_labels = keras.utils.to_categorical(raw_train_labels, 10)
test_labels = keras.utils.to_categorical(raw_test_labels, 10)
