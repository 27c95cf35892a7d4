"""`evaluate` is wrapped: it adds a little to each accuracy and takes a little from each loss.

kind = "refuted"
flags = ["source"]
fails.q5 = ["they_are_what_this_network_scores"]
fails.q7 = ["they_are_what_the_trained_network_scores"]
fails.q9 = ["training_accuracy_is_that_of_this_network"]
"""

# %% before q5
measured = keras.Model.evaluate


def evaluate(self, *arguments, **named):
    loss, accuracy = measured(self, *arguments, **named)
    return [0.8 * loss, min(1.0, accuracy + 0.012)]


keras.Model.evaluate = evaluate
