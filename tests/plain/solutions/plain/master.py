# ---
# jupyter:
#   jupytext:
#     text_representation:
#       extension: .py
#       format_name: percent
#   kernelspec:
#     display_name: Python 3
#     language: python
#     name: python3
# ---

# %% [raw]
# # ASSIGNMENT CONFIG
# init_cell: true
# check_all_cell: false
# export_cell:
#   pdf: false
#   run_tests: false
# tests:
#   files: true
#   ok_format: false

# %% [markdown]
# # Plain: an assignment for tests, which needs NumPy and nothing else

# %%
import numpy as np

# %% [raw]
# # BEGIN QUESTION
# name: q1
# points: 2

# %% [markdown]
# **Question 1.** Make `answer`, six times seven.

# %% [raw]
# # BEGIN SOLUTION

# %%
answer = 6 * 7  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_answer_is_an_integer(answer):
    assert isinstance(answer, int), f"`answer` is a {type(answer).__name__}, expected an int."


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: Multiply six by seven.
"""  # END TEST CONFIG


def test_answer_is_right(answer):
    assert answer == 6 * 7, f"`answer` is {answer}, expected 42."


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q2
# points: 3
# all_or_nothing: true

# %% [markdown]
# **Question 2.** Make `squares`, the squares of 0 to 9 as float32.

# %% [raw]
# # BEGIN SOLUTION

# %%
squares = np.arange(10, dtype="float32") ** 2  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_squares_has_ten_numbers(squares):
    import numpy as np

    shape = np.asarray(squares).shape
    assert shape == (10,), f"`squares` has the shape {shape}, expected (10,)."


# %%
""" # BEGIN TEST CONFIG
points: 2
hidden: true
failure_message: Square each number once.
"""  # END TEST CONFIG


def test_squares_are_right(squares):
    import numpy as np

    found = np.asarray(squares).tolist()
    expected = [float(n * n) for n in range(10)]
    assert found == expected, f"`squares` is {found}, expected {expected}."


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION
