"""All check cells are deleted, so that nothing can be checked; the answers are right.

kind = "refuted"
problems = [
    "q1: no check cell",
    "q2: no check cell",
    "q3: no check cell",
    "q4: no check cell",
    "q5: no check cell",
    "q6: no check cell",
    "q7: no check cell",
    "q8: no check cell",
    "q9: no check cell",
]
"""

# %% check q1

# %% check q2

# %% check q3

# %% check q4

# %% check q5

# %% check q6

# %% check q7

# %% check q8

# %% check q9
