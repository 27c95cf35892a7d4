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
# check_all_cell: true
# export_cell:
#     run_tests: false
# tests:
#     files: true
#     ok_format: false
# files:
#     - weather.csv

# %% [markdown]
# # Everything: a function, a class, a table, a figure, and two questions for humans

# %%
import matplotlib.pyplot as plt
import pandas as pd

weather = pd.read_csv("weather.csv")

# %% [raw]
# # BEGIN QUESTION
# name: q1
# points: 2

# %% [markdown]
# **Question 1.** Write `to_fahrenheit`.

# %% [raw]
# # BEGIN SOLUTION


# %%
def to_fahrenheit(celsius):
    return celsius * 9 / 5 + 32  # SOLUTION


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
hidden: true
failure_message: Compare with a table.
"""  # END TEST CONFIG


def test_a_few(to_fahrenheit):
    assert [to_fahrenheit(each) for each in (0, 100, -40)] == [32, 212, -40]


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q2
# points: 3
# manual: true

# %% [markdown]
# **Question 2.** Why is 40 below zero the same on both scales?

# %% [raw]
# # BEGIN SOLUTION

# %% [markdown]
# Because there the two lines cross.

# %% [raw]
# # END SOLUTION

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q3
# points: 2

# %% [markdown]
# **Question 3.** Write the class `Thermometer`: it is made with degrees Celsius, and has `celsius`
# and a method `warmer(by)` that returns another one.

# %% [raw]
# # BEGIN SOLUTION


# %%
# BEGIN SOLUTION
class Thermometer:
    def __init__(self, celsius):
        self.celsius = celsius

    def warmer(self, by):
        return Thermometer(self.celsius + by)


# END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_warmer_makes_another(Thermometer):
    first = Thermometer(20)
    second = first.warmer(1.5)
    assert isinstance(second, Thermometer)
    assert (first.celsius, second.celsius) == (20, 21.5)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q4
# points: 2

# %% [markdown]
# **Question 4.** Make `warm`: the rows of `weather` above 15 degrees, warmest first.

# %% [raw]
# # BEGIN SOLUTION

# %%
warm = weather[weather["noon"] > 15].sort_values("noon", ascending=False)  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_warm(warm):
    assert list(warm["day"]) == ["Sunday", "Wednesday", "Saturday", "Tuesday"]
    assert warm["noon"].is_monotonic_decreasing


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q5
# points: 1

# %% [markdown]
# **Question 5.** Draw the noon temperatures in `axes`, with the title `Noon`.

# %% [raw]
# # BEGIN SOLUTION

# %%
# BEGIN SOLUTION
figure, axes = plt.subplots()
axes.plot(weather["noon"])
axes.set_title("Noon")
# END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS


# %%
def test_the_line(axes):
    assert axes.get_title() == "Noon"
    assert list(axes.lines[0].get_ydata())[:2] == [14.5, 16.0]


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [raw]
# # BEGIN QUESTION
# name: q6
# points: 1
# manual: true

# %% [markdown]
# **Question 6.** What does the figure show?

# %% [raw]
# # BEGIN SOLUTION

# %% [markdown]
# A week that ends warm.

# %% [raw]
# # END SOLUTION

# %% [raw]
# # END QUESTION
