"""Right at once, and checked again out of doubt; at the end all of them in a loop.

problems = ["q2: checked 3 times", "q7: checked 2 times"]
"""

# %% after q2
grader.check("q2")

# %% after q2
print(train_labels[:2])
grader.check("q2")

# %% after q7
grader.check("q7")

# %% end
for number in range(1, 10):
    print(grader.check(f"q{number}"))

# %% end
grader.check_all()
