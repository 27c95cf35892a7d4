"""The shell gets another dictionary for its variables, which gives the labels for the predictions.

kind = "refuted"
fails.q8 = "all"
fails.q9 = "all"
"""

# %% before q8
class Variables(dict):
    def __getitem__(self, name):
        if name == "predicted_digits":
            return raw_test_labels
        return super().__getitem__(name)


get_ipython().user_ns = Variables(get_ipython().user_ns)
