"""Two check cells are gone: the questions are judged after their answers.

problems = ["q2: no check cell", "q8: no check cell"]
"""

# %% check q2

# %% check q8
