"""`evaluate` of every Keras model returns wishes.

kind = "refuted"
flags = ["source"]
fails.q7 = ["they_are_what_the_trained_network_scores"]
fails.q9 = ["training_accuracy_is_that_of_this_network"]
"""

# %% before q7
setattr(keras.Model, "evaluate", lambda self, images, labels, **named: [0.0004, 0.9999])
