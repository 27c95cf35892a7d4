"""`grader` is replaced by an object whose check prints good news.

kind = "refuted"
fails.q6 = ["all_steps_are_right"]
fails.q7 = [
    "there_is_a_slope_for_every_w",
    "slopes_at_h_and_z",
    "slopes_at_w_and_b",
    "slopes_for_many_w",
]
"""

# %% before q6
class Friendly:
    def check(self, question):
        print(f"{question} results: All test cases passed!")

    check_all = export = check


grader = Friendly()

# %% q6
path = np.linspace([8.0, 1.0], [0.0, 0.0], 41)

# %% q7
dL_dh = dL_dz = dL_dw = dL_db = -1
w_slopes = np.zeros(81)
