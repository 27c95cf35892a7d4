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
# # Functions: an assignment for tests, whose answers are called

# %%
import random

# %% [raw]
# # BEGIN QUESTION
# name: q1
# points: 2

# %% [markdown]
# **Question 1.** Define `square(x)`, the square of a number.

# %% [raw]
# # BEGIN SOLUTION


# %%
# BEGIN SOLUTION
def square(x):
    return x * x


# END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_square_of_three(square):
    assert square(3) == 9, f"`square(3)` is {square(3)}, expected 9."


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: Try negative numbers and large ones.
"""  # END TEST CONFIG


def test_square_of_others(square):
    for number in (-1, 0.5, 123456789):
        assert square(number) == number * number


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q2
# points: 3

# %% [markdown]
# **Question 2.** Define the class `Account` with `deposit(amount)` and `balance`, and
# `sort_in_place(items)`.

# %% [raw]
# # BEGIN SOLUTION


# %%
# BEGIN SOLUTION
class Account:
    """A bank account."""

    def __init__(self):
        self.balance = 0

    def deposit(self, amount):
        if amount < 0:
            raise ValueError("a negative amount")
        self.balance += amount


def sort_in_place(items):
    items.sort()


# END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_deposit(Account):
    account = Account()
    assert isinstance(account, Account)
    account.deposit(3)
    account.deposit(4)
    assert account.balance == 7, f"the balance is {account.balance}, expected 7."


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: A negative amount is an error.
"""  # END TEST CONFIG


def test_negative_deposit(Account):
    try:
        Account().deposit(-1)
    except ValueError:
        return
    raise AssertionError("a negative amount was taken")


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: Sort the list itself.
"""  # END TEST CONFIG


def test_sort_in_place(sort_in_place):
    items = [3, 1, 2]
    sort_in_place(items)
    assert items == [1, 2, 3], f"the list is {items}, expected [1, 2, 3]."


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q3
# points: 1

# %% [markdown]
# **Question 3.** Make `total`, the sum of the squares of 1 to 10.

# %% [raw]
# # BEGIN SOLUTION

# %%
total = sum(square(n) for n in range(1, 11))  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: false
"""  # END TEST CONFIG


def test_total(total):
    assert abs(total - 385) < 1e-9, f"`total` is {total}, expected 385."


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION
