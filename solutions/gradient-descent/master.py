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
# show_question_points: false
# export_cell:
#     pdf: false
#     run_tests: false
#     force_save: true
#     instructions: |-
#         - **In Jupyter:** run the cell below. It saves this notebook and writes a zip beside it,
#           named `gradient-descent_` and the date. Hand in the newest zip.
#         - **In VS Code:** save first (Ctrl+S or ⌘S), then do the same. After ten seconds it warns
#           that it could not save the notebook by itself. That is harmless: you have done it.
#         - **On Google Colab** the cell does not work. Choose *File → Download → Download .ipynb*
#           and hand in that file.
#
#         The cell does not run your notebook again. Did you change something afterwards? Run the
#         cells that you changed, then this one again.
# tests:
#     files: true
#     ok_format: false
# autograder_files:
#     - judging.py

# %% [markdown]
# # How the network learns
#
# In the first lesson one line, `network.fit(...)`, turned random weights into a reader of
# handwritten digits. Today you write what is behind that line. It is less than you may think: one
# idea, walking downhill, and one rule from calculus. At the end a network of yours, without any
# library for neural networks, reads more than nine of ten digits that it has never seen.
#
# **You will learn**
#
# - what a *derivative* tells, and how to measure one with nothing but two function calls;
# - what the *gradient* of a loss is, and why the way down is against it;
# - what the size of a *step* decides;
# - why training goes in *mini-batches*, and what *momentum* adds;
# - how the *chain rule* carries a slope backwards through a computation: *backpropagation*;
# - how these make a training loop, from the first line to the last.
#
# **How it works.** Run the cells from top to bottom, each with *Shift + Enter*. Where you see
# `...`, replace it with your own code. The `grader.check` cell below each question tells you at
# once what is right, and what is not yet. There are ten questions and 24 points. Most answers are
# functions: some tests call them with numbers that you have not seen, and run only when your work
# is graded. At the end it says how to hand in.
#
# A function may use those that you wrote before. Leave their names and parameters as they are.
#
# First, some cells that prepare the notebook itself. They need no change.

# %%
from pathlib import Path
from urllib.request import urlretrieve

import matplotlib.pyplot as plt
import numpy as np

# %% [markdown]
# ## 1. Slope
#
# ### What a derivative tells
#
# Stand on a curve $f$ at the place $x$. If you go a little to the right, how fast do you go up? The
# answer is the **slope** at $x$, and the function that gives the slope at every place is the
# **derivative** $f'$. Read it as a promise about small changes:
#
# $$f(x + \varepsilon) \approx f(x) + \varepsilon \, f'(x)$$
#
# A slope of 3 says: one hundredth to the right is three hundredths up. A slope of $-3$ goes down as
# fast. Where the slope is 0, the curve is flat: perhaps at its lowest point.
#
# ### Measuring it
#
# School has rules for derivatives. You can also *measure* one, of any function that you can call,
# without knowing its formula: look a small distance $h$ to both sides, and divide the difference in
# height by the distance between the two points.
#
# $$f'(x) \approx \frac{f(x + h) - f(x - h)}{2h}$$
#
# This is called a **finite difference**. The picture shows it with an $h$ that is much too large,
# so that you see anything. The dashed line goes through the two points.

# %%
places = np.linspace(-0.5, 3, 200)

plt.figure(figsize=(5, 2.8))
plt.plot(places, np.sin(places))
plt.plot([0.4, 1.6], np.sin([0.4, 1.6]), "o--")
plt.axvline(1.0, color="gray", linewidth=0.5)
plt.title("sin, looked at from $x = 1$, with $h = 0.6$")
plt.show()

# %% [raw]
# # BEGIN QUESTION
# name: q1
# points: 3

# %% [markdown]
# ### Question 1 (3 points)
#
# Write `derivative(f, x, h)`: the slope of the function `f` at `x`, measured with the finite
# difference above. `f` is a function like `np.sin`: call it as `f(...)`. If `x` is an array, the
# result is an array of slopes. NumPy does that by itself.

# %% [raw]
# # BEGIN SOLUTION


# %%
def derivative(f, x, h=1e-4):
    # slope: how much f rises from x - h to x + h, for each unit of the way
    slope = (f(x + h) - f(x - h)) / (2 * h)  # SOLUTION
    return slope


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_slope_of_square_at_3_is_6(derivative):
    import numpy as np

    slope = np.asarray(derivative(np.square, 3.0))
    assert slope.size == 1 and slope.dtype.kind in "fiu", (
        "`derivative(np.square, 3.0)` is not one number. Does the function return its result?"
    )
    slope = float(slope.reshape(()))
    hint = "Divide the difference of the two heights by the distance between the two points."
    if abs(slope - 12) < 0.01:
        hint = f"Twice too much: how far is it from x - h to x + h? {hint}"
    elif abs(slope + 6) < 0.01:
        hint = "It rises there: which height do you take from which?"
    assert abs(slope - 6) < 0.001, (
        f"The slope of np.square at 3 is {slope:.6g} by `derivative`, expected about 6. {hint}"
    )


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_an_array_of_places_gives_an_array_of_slopes(derivative):
    import numpy as np

    places = np.array([0.0, 1.0, 2.0, 3.0])
    slopes = np.asarray(derivative(np.sin, places))
    assert slopes.shape == (4,), (
        f"For four places, `derivative` gives an array of shape {slopes.shape}, expected (4,): "
        "one slope for each."
    )
    worst = float(np.abs(slopes - np.cos(places)).max())
    assert worst < 0.001, (
        f"The slopes of np.sin at 0, 1, 2 and 3 are off by up to {worst:.3g}. Its derivative is "
        "np.cos: compare your numbers with that."
    )


# %%
""" # BEGIN TEST CONFIG
points: 0.75
hidden: true
failure_message: >-
  The slopes of other functions, at other places, are not right. `derivative` has to call the
  function that it is given, at places to both sides of x.
"""  # END TEST CONFIG


def test_slopes_of_other_functions(derivative):
    import judging

    judging.check_slopes(derivative)


# %%
""" # BEGIN TEST CONFIG
points: 0.75
hidden: true
failure_message: >-
  With the h of the default, the slope is less precise than it could be. Look to both sides of x,
  at equal distances, and keep the default as it is.
"""  # END TEST CONFIG


def test_default_is_precise(derivative):
    import judging

    judging.check_precision(derivative)


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: true
failure_message: >-
  With another h, the result is not the finite difference of the question. Use the parameter h,
  and no number in its place.
"""  # END TEST CONFIG


def test_h_is_used(derivative):
    import judging

    judging.check_h(derivative)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# Why not the smallest $h$ that there is? Because a computer keeps about 16 digits. If the two
# heights agree in the first 12, their difference has only 4 digits left. The cell shows the error
# for many $h$: too large is wrong because the curve bends, too small because digits are lost.

# %%
distances = 10.0 ** np.arange(-14, 0)
slopes = [derivative(np.sin, 1.0, h) for h in distances]

if slopes[0] is ...:
    print("A picture appears here when you have filled in question 1.")
else:
    plt.figure(figsize=(5, 2.8))
    plt.loglog(distances, [abs(slope - np.cos(1.0)) for slope in slopes], marker="o")
    plt.xlabel("h")
    plt.title("error of the slope of sin at 1")
    plt.show()

# %% [markdown]
# ## 2. Downhill
#
# ### A loss to go down on
#
# Here are 2,000 measured points that lie roughly along a line. We look for the line. It has two
# numbers that we may turn like knobs, the **weights** $w = (w_0, w_1)$, and predicts
#
# $$\hat y = w_0 \, x + w_1$$

# %%
random = np.random.default_rng(7)
x = random.uniform(-2, 2, 2000)
y = 1.5 * x - 0.5 + random.normal(0, 0.5, 2000)
x.flags.writeable = y.flags.writeable = False  # what was measured stays as it is

plt.figure(figsize=(5, 2.8))
plt.scatter(x[:300], y[:300], s=4)
plt.title("the first 300 points")
plt.show()

# %% [markdown]
# How bad is a line? For each point take the **error**, prediction minus truth. Square it, so that
# too high and too low both count, and large errors count most. The mean of these squares is the
# **loss**, one number for the whole line:
#
# $$L(w) = \frac{1}{n} \sum_{i=1}^{n} \left( w_0 \, x_i + w_1 - y_i \right)^2$$

# %% [raw]
# # BEGIN QUESTION
# name: q2
# points: 2

# %% [markdown]
# ### Question 2 (2 points)
#
# Write `loss(w, x, y)`. `w` is an array of the two weights, `x` and `y` are arrays of equal length.
# The result is one number.
#
# **Useful:** `np.mean(...)`. Arithmetic on arrays works entry by entry.

# %% [raw]
# # BEGIN SOLUTION


# %%
def loss(w, x, y):
    # errors: shape (n,), prediction minus truth, for each point
    errors = w[0] * x + w[1] - y  # SOLUTION
    # mean_square: one number
    mean_square = np.mean(errors**2)  # SOLUTION
    return mean_square


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_a_perfect_line_costs_nothing(loss):
    import numpy as np

    x = np.array([0.0, 1.0, 2.0, 5.0])
    value = np.asarray(loss(np.array([2.0, 1.0]), x, 2 * x + 1))
    assert value.size == 1 and value.dtype.kind in "fiu", (
        f"`loss` gives something of shape {value.shape}, expected one number: the mean over all "
        "points. Does the function return it?"
    )
    value = float(value.reshape(()))
    assert abs(value) < 1e-9, (
        f"A line that meets every point has the loss {value:.4g}, expected 0. Is w[0] the slope of "
        "the line, and w[1] its height at 0?"
    )


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_errors_of_3_and_1_cost_5(loss):
    import numpy as np

    value = np.asarray(loss(np.array([0.0, 0.0]), np.array([1.0, 2.0]), np.array([3.0, -1.0])))
    assert value.size == 1 and value.dtype.kind in "fiu", "`loss` must give one number."
    value = float(value.reshape(()))
    hint = "Square each error, then take the mean."
    if abs(value - 10) < 1e-6:
        hint = "That is the sum of the squares, not their mean."
    elif abs(value - 5**0.5) < 1e-6:
        hint = "No square root: the mean of the squares is the loss."
    elif abs(value - 1) < 1e-6:
        hint = "That is the square of the mean error, where high and low cancel: square first."
    elif abs(value - 2) < 1e-6:
        hint = "That is the mean of the errors without their signs. Square them instead."
    assert abs(value - 5) < 1e-6, (
        f"Two points that are missed by 3 and by 1 cost {value:.4g}, expected (9 + 1) / 2 = 5. "
        f"{hint}"
    )


# %%
""" # BEGIN TEST CONFIG
points: 0.75
hidden: true
failure_message: >-
  The loss of other lines, or for other points, is not right. Use the parameters w, x and y of the
  function, and divide by the number of points that it is given.
"""  # END TEST CONFIG


def test_loss_of_other_lines(loss):
    import judging

    judging.check_loss(loss)


# %%
""" # BEGIN TEST CONFIG
points: 0.25
hidden: true
failure_message: >-
  After a call of loss, the arrays that it was given have changed, or the same call gives another
  result. Write errors = ..., and do not compute within x or y (no -=).
"""  # END TEST CONFIG


def test_arguments_stay_as_they_are(loss):
    import judging

    judging.check_loss_changes_nothing(loss)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### The gradient
#
# The loss has two knobs, so it has two slopes: how it changes when $w_0$ grows a little, and how it
# changes when $w_1$ does. Such slopes are written with a round $\partial$. Together they are the
# **gradient**, a vector with one entry for each weight:
#
# $$\nabla L = \left( \frac{\partial L}{\partial w_0},\ \frac{\partial L}{\partial w_1} \right)$$
#
# It points to where the loss rises fastest. So against it is the way down.
#
# You could measure both slopes with finite differences: two calls of the loss for each weight. For
# two weights, that is fine. A network has 100,000. So we want a formula. Take one point with the
# error $e = w_0 x + w_1 - y$. The slope of $e^2$ is $2e$, times how fast $e$ itself moves: turn
# $w_0$, and $e$ moves $x$ times as fast; turn $w_1$, and it moves just as fast. The loss is the
# mean of $e^2$ over all points, so its slopes are means, too.

# %% [raw]
# # BEGIN QUESTION
# name: q3
# points: 3

# %% [markdown]
# ### Question 3 (3 points)
#
# Write `gradient(w, x, y)`: the two slopes of the loss, as an array of shape `(2,)`. Use a formula,
# not finite differences.
#
# **Useful:** `np.array([..., ...])`. To test your formula yourself, measure:
# `derivative(lambda w_0: loss([w_0, 1.0], x, y), 0.5)` is the first slope at $w = (0.5, 1)$.

# %% [raw]
# # BEGIN SOLUTION


# %%
def gradient(w, x, y):
    # errors: shape (n,), as in the loss
    errors = w[0] * x + w[1] - y  # SOLUTION
    # slopes: shape (2,), how the loss changes with w[0], and with w[1]
    slopes = np.array([np.mean(2 * errors * x), np.mean(2 * errors)])  # SOLUTION
    return slopes


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_gradient_has_one_entry_for_each_weight(gradient):
    import numpy as np

    slopes = np.asarray(gradient(np.array([1.0, 2.0]), np.array([1.0, 2.0, 3.0]), np.zeros(3)))
    hint = "Take the mean over the points, for each of the two weights."
    if slopes.shape == (2, 3):
        hint = f"There is still one column for each point. {hint}"
    elif slopes.shape == ():
        hint = "Does the function return an array of both slopes?"
    assert slopes.shape == (2,), (
        f"`gradient` gives something of shape {slopes.shape}, expected (2,). {hint}"
    )
    assert slopes.dtype.kind in "fiu" and np.isfinite(slopes).all(), (
        "`gradient` must give two finite numbers."
    )


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_a_point_above_the_line_pulls_it_up(gradient):
    import numpy as np

    flat = np.asarray(gradient(np.array([2.0, 1.0]), np.array([0.0, 1.0]), np.array([1.0, 3.0])))
    assert flat.shape == (2,) and flat.dtype.kind in "fiu", "`gradient` must give two numbers."
    assert np.abs(flat).max() < 1e-9, (
        f"Where the line meets every point, `gradient` gives {flat.tolist()}, expected zeros: "
        "nothing can get better there. Is w[0] the slope of the line and w[1] its height?"
    )
    # One point at x = 3, four above the line: the loss falls when either weight grows.
    slopes = np.asarray(gradient(np.array([0.0, 0.0]), np.array([3.0]), np.array([4.0])))
    assert slopes.shape == (2,) and (slopes < 0).all(), (
        "For one point at x = 3 that lies above the line, both slopes must be negative: the loss "
        f"falls when w[0] or w[1] grows. Found {slopes.tolist()}. An error is prediction minus "
        "truth, not the other way round."
    )


# %%
""" # BEGIN TEST CONFIG
points: 1.5
hidden: true
failure_message: >-
  The gradient is not that of the loss. Compare each of its entries with what `derivative` measures,
  for several weights: is a factor missing, or x in one of them?
"""  # END TEST CONFIG


def test_gradient_agrees_with_finite_differences(gradient):
    import judging

    judging.check_gradient(gradient)


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: true
failure_message: >-
  From some places, a small step against your gradient does not lower the loss. Check the signs of
  both entries, and that each uses the parameters of the function.
"""  # END TEST CONFIG


def test_way_against_it_leads_down(gradient):
    import judging

    judging.check_way_down(gradient)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ## 3. One step, and how long
#
# Now walk. From where you are, $w$, go a little way against the gradient $g$:
#
# $$w_{\text{new}} = w - \eta \, g$$
#
# The number $\eta$ ("eta") is the **learning rate**. It is not the length of the step, which also
# depends on how steep it is: where the ground gets flat, the steps get short by themselves.

# %% [raw]
# # BEGIN QUESTION
# name: q4
# points: 2

# %% [markdown]
# ### Question 4 (2 points)
#
# Write `step(w, g, rate)`: the weights after one step. It returns new weights and leaves `w` as it
# was, so that you can still look back. `w` and `g` may be numbers, or arrays of any equal shape.

# %% [raw]
# # BEGIN SOLUTION


# %%
def step(w, g, rate):
    # new_w: one step from w, against g
    new_w = w - rate * g  # SOLUTION
    return new_w


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_step_from_5_with_slope_2_and_rate_a_tenth(step):
    import numpy as np

    value = np.asarray(step(5.0, 2.0, 0.1))
    assert value.size == 1 and value.dtype.kind in "fiu", (
        "`step(5.0, 2.0, 0.1)` is not one number. Does the function return its result?"
    )
    value = float(value.reshape(()))
    hint = "Go against the slope, rate times as far as the slope says."
    if abs(value - 5.2) < 1e-9:
        hint = "That is uphill."
    elif abs(value - 4.9) < 1e-9:
        hint = "Where the slope is twice as large, the step is twice as long."
    assert abs(value - 4.8) < 1e-9, (
        f"One step from 5, with slope 2 and rate 0.1, leads to {value:.6g}, expected 4.8. {hint}"
    )


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_step_makes_a_new_array(step):
    import numpy as np

    w = np.array([1.0, 2.0])
    new = np.asarray(step(w, np.array([10.0, -10.0]), 0.5))
    assert new.shape == (2,) and new.dtype.kind in "fiu" and np.allclose(new, [-4, 7]), (
        "From [1, 2], with the gradient [10, -10] and rate 0.5, one step leads to "
        f"{new.tolist()}, expected [-4, 7]."
    )
    assert w.tolist() == [1, 2], (
        f"After the step, w itself is {w.tolist()}, expected [1, 2] as before: `-=` changes the "
        "array that the caller still needs. Compute a new one."
    )


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: >-
  For weights of another shape, or with another rate, the step is not right, or it changes what it
  was given. A network has matrices among its weights.
"""  # END TEST CONFIG


def test_steps_of_all_shapes(step):
    import judging

    judging.check_step(step)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### Too small, right, too large
#
# A whole walk is a loop of steps. Here it is on the curve $f(x) = x^2$, whose slope is $2x$, from
# $x = -4$, twelve steps with each of three rates.
#
# Too small: you hardly get anywhere. Right: a few steps lead to the bottom. Too large: each step
# jumps across the valley and lands higher than it began. The loss grows without end: the training
# **diverges**. That is the first thing to think of when a loss turns into `nan`.

# %%
figure, axes = plt.subplots(1, 3, figsize=(9, 2.8), sharey=True)
curve = np.linspace(-6, 6, 100)
for axis, rate, title in zip(axes, [0.01, 0.2, 1.03], ["too small", "right", "too large"]):
    walk = [-4.0]
    for _ in range(12):
        walk.append(step(walk[-1], 2 * walk[-1], rate) if walk[-1] is not ... else ...)
    walk = np.array([place for place in walk if place is not ...])
    axis.plot(curve, curve**2, color="lightgray")
    axis.plot(walk, walk**2, marker="o", markersize=4, linewidth=1)
    axis.set_title(f"{title}: rate {rate}")
plt.tight_layout()
plt.show()

# %% [markdown]
# And here is the line. The picture shows the loss as a landscape seen from above: one place for
# each pair of weights, dark where the loss is low. The walk starts at $w = (-1, 1.5)$ and needs
# your `loss`, your `gradient` and your `step`.

# %%
w = np.array([-1.0, 1.5])
if gradient(w, x, y) is ... or step(w, w, 0.1) is ... or loss(w, x, y) is ...:
    print("A picture appears here when you have filled in questions 2 to 4.")
else:
    walk = [w]
    for _ in range(25):
        walk.append(step(walk[-1], gradient(walk[-1], x, y), 0.1))
    walk = np.array(walk)
    heights = [
        [loss([w_0, w_1], x, y) for w_0 in np.linspace(-2, 4, 25)]
        for w_1 in np.linspace(-3, 2.5, 25)
    ]
    plt.figure(figsize=(5, 3.4))
    plt.contourf(np.linspace(-2, 4, 25), np.linspace(-3, 2.5, 25), heights, 30, cmap="bone")
    plt.plot(walk[:, 0], walk[:, 1], marker="o", markersize=3, color="tab:orange")
    plt.xlabel("$w_0$")
    plt.ylabel("$w_1$")
    plt.show()
    print("from", walk[0], "to", walk[-1], "with loss", loss(walk[-1], x, y))

# %% [markdown]
# The points were made with $w = (1.5, -0.5)$ and a little noise. The walk knew nothing of that.
#
# ## 4. Mini-batches
#
# Each of these steps looked at all 2,000 points. MNIST has 60,000 images. Must one really look at
# all of them to learn that the next step goes, roughly, *that way*?
#
# No. The gradient is a mean, and you can estimate a mean from a sample. Shuffle the data, cut it
# into **mini-batches**, and take one step for each. Every step is a little off, but there are many
# of them at the price of one: 20 batches of 100 points are 20 steps. Once through all batches is an
# **epoch**.
#
# The points above are in random order already. So the first 100 of them are a batch, the next 100
# are the second one, and so on.

# %%
w_start = np.array([0.0, 0.0])

# %% [raw]
# # BEGIN QUESTION
# name: q5
# points: 2

# %% [markdown]
# ### Question 5 (2 points)
#
# Make `batch_gradients`, of shape `(20, 2)`: row $k$ is the gradient at `w_start` on batch $k$
# alone, which is 100 points of `x` and `y`. Make `average_gradient`, of shape `(2,)`: their mean.
#
# **Useful:** your `gradient`; `x[200:300]` are the points of one batch; `range(0, 2000, 100)`.

# %% [raw]
# # BEGIN SOLUTION

# %%
# batch_gradients: shape (20, 2), one gradient for each batch of 100 points
# BEGIN SOLUTION NO PROMPT
batch_gradients = np.array(
    [gradient(w_start, x[i : i + 100], y[i : i + 100]) for i in range(0, 2000, 100)]
)
# END SOLUTION
""" # BEGIN PROMPT
batch_gradients = ...
"""  # END PROMPT
# average_gradient: shape (2,), the mean of the rows
average_gradient = batch_gradients.mean(axis=0)  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 0.25
hidden: false
"""  # END TEST CONFIG


def test_there_are_20_gradients(batch_gradients):
    import numpy as np

    gradients = np.asarray(batch_gradients)
    hint = "Collect the 20 gradients in a list, then np.array(list)."
    if gradients.shape == (2, 20):
        hint = "Rows and columns are exchanged: a row for each batch."
    elif gradients.shape == (2000, 2):
        hint = "That is a gradient for each point. A batch has 100 of them."
    assert gradients.shape == (20, 2) and gradients.dtype.kind in "fiu", (
        f"`batch_gradients` has shape {gradients.shape}, expected (20, 2). {hint}"
    )
    different = len(np.unique(gradients, axis=0))
    assert different > 1, (
        "All rows of `batch_gradients` are the same, expected different ones: each batch has its "
        "own points."
    )


# %%
""" # BEGIN TEST CONFIG
points: 0.25
hidden: false
"""  # END TEST CONFIG


def test_average_is_the_mean_of_the_rows(batch_gradients, average_gradient):
    import numpy as np

    gradients, average = np.asarray(batch_gradients), np.asarray(average_gradient)
    hint = "The mean over the batches is that over axis 0."
    if average.shape == ():
        hint = f"Without an axis, mean takes all 40 numbers together. {hint}"
    assert average.shape == (2,) and average.dtype.kind in "fiu", (
        f"`average_gradient` has shape {average.shape}, expected (2,). {hint}"
    )
    assert gradients.ndim == 2 and np.allclose(average, gradients.mean(axis=0)), (
        f"`average_gradient` is {average.tolist()}, which is not the mean of the rows of "
        f"`batch_gradients`. {hint}"
    )


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: >-
  The rows of batch_gradients are not the gradients at w_start on the batches, in their order. Each
  row needs its own 100 points, of x and of y.
"""  # END TEST CONFIG


def test_each_row_is_the_gradient_of_its_batch(batch_gradients):
    import judging

    judging.check_batches(batch_gradients)


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: true
failure_message: >-
  The mean of the 20 gradients should be the gradient on all 2,000 points. Is every point in one
  batch, and none in two?
"""  # END TEST CONFIG


def test_average_is_the_gradient_of_all_points(average_gradient):
    import judging

    judging.check_average(average_gradient)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# The mean of the 20 is the gradient of all 2,000 points: that is arithmetic. The picture shows how
# far the single ones are from it. Every arrow would do to go on from here.

# %%
if batch_gradients is ... or average_gradient is ...:
    print("A picture appears here when you have filled in question 5.")
else:
    plt.figure(figsize=(5, 2.8))
    for slopes in batch_gradients:
        plt.plot([0, -slopes[0]], [0, -slopes[1]], color="lightgray")
    plt.plot([0, -average_gradient[0]], [0, -average_gradient[1]], linewidth=3, label="the mean")
    plt.title("the way down, by 20 batches")
    plt.legend()
    plt.show()

# %% [markdown]
# ## 5. Momentum
#
# In a narrow valley, gradient descent is in trouble. The walls are steep, so the rate must be
# small, or the walk bounces from wall to wall. The floor is nearly flat, and with a small rate you
# crawl along it.
#
# A ball does better. It keeps its speed: pushes to and fro across the valley cancel, pushes along
# it add up. So give the walk a **velocity** $v$, which begins at 0. At each step some of the
# old one is kept, and the gradient is added; then $v$ takes the gradient's place in the step:
#
# $$v_{\text{new}} = \mu \, v + g \qquad\qquad w_{\text{new}} = w - \eta \, v_{\text{new}}$$
#
# The number $\mu$ ("mu") is the **momentum**. At 0 this is what you know; at 0.8 a push is felt for
# several steps. Here is such a valley:
#
# $$f(w) = \tfrac{1}{2} \left( w_0^2 + 25 \, w_1^2 \right), \qquad \nabla f = (w_0,\ 25 \, w_1)$$


# %%
def valley_gradient(w):
    return np.array([w[0], 25 * w[1]])


valley_start = np.array([8.0, 1.0])

# %% [raw]
# # BEGIN QUESTION
# name: q6
# points: 2

# %% [markdown]
# ### Question 6 (2 points)
#
# Make `path`, of shape `(41, 2)`: where the walk is before the first and after each of 40 steps
# with momentum, from `valley_start`, down the gradient that `valley_gradient(w)` gives, with rate
# 0.03 and momentum 0.8.
#
# **Useful:** `path[-1]` is the last entry of a list, `path.append(...)` adds another. What is in
# the list already has to stay as it is: make a new array in each turn.

# %% [raw]
# # BEGIN SOLUTION

# %%
path = [valley_start]
velocity = np.zeros(2)
# 40 times: make the new velocity, take one step, append where it leads
# BEGIN SOLUTION
for _ in range(40):
    velocity = 0.8 * velocity + valley_gradient(path[-1])
    path.append(path[-1] - 0.03 * velocity)
# END SOLUTION
path = np.array(path)

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_path_has_41_places(path):
    import numpy as np

    places = np.asarray(path)
    hint = "Append one place after each of the 40 steps."
    if places.shape == (40, 2):
        hint = "The start is the first of them."
    assert places.shape == (41, 2) and places.dtype.kind in "fiu", (
        f"`path` has shape {places.shape}, expected (41, 2). {hint}"
    )
    assert np.allclose(places[0], [8, 1]), (
        f"`path` begins at {places[0].tolist()}, expected [8, 1], which is valley_start. If every "
        "place is the same, `-=` may have changed an array that is in the list already."
    )


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_momentum_carries_on_from_the_second_step(path):
    import numpy as np

    places = np.asarray(path)
    assert places.ndim == 2 and places.shape[1] == 2 and len(places) > 2, (
        f"`path` has shape {places.shape}: it has no second step yet."
    )
    first, second = places[1] - places[0], places[2] - places[1]
    assert np.abs(first).max() > 0, (
        "The first step leads nowhere. The new velocity is made before the step, with the gradient."
    )
    # Without momentum, each step is as long as the gradient says, times the same number.
    without = first * places[1] / places[0]
    assert not np.allclose(second, without), (
        f"The second step goes by {second.tolist()}, as it would without momentum, expected one "
        "that carries on the first. Does velocity keep its value from one turn of the loop to the "
        "next?"
    )


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: >-
  The walk is another one. Check the order in each turn of the loop (gradient where you are, new
  velocity, step with it), the rate 0.03 and the momentum 0.8.
"""  # END TEST CONFIG


def test_all_steps_are_right(path):
    import judging

    judging.check_path(path)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# Compare: the same rate without momentum, and your walk with it.

# %%
if np.shape(path) != (41, 2):
    print("A picture appears here when you have filled in question 6.")
else:
    plain = np.array([valley_start * [0.97**k, 0.25**k] for k in range(41)])
    plt.figure(figsize=(7, 2.4))
    plt.plot(plain[:, 0], plain[:, 1], marker="o", markersize=3, label="without momentum")
    plt.plot(path[:, 0], path[:, 1], marker="o", markersize=3, label="with momentum")
    plt.plot(0, 0, "k*", label="the bottom")
    plt.legend()
    plt.show()

# %% [markdown]
# ## 6. The chain rule
#
# The loss of a line has a formula short enough to find its slopes at once. A network's is a long
# chain of small computations, one feeding the next. The **chain rule** says how a slope goes
# through such a chain: *slopes along it are multiplied*. If $z$ moves 3 times as fast as $w$, and
# $h$ moves 4 times as fast as $z$, then $h$ moves 12 times as fast as $w$.
#
# Here is a small chain, drawn as a graph. It has a weight $w$ and a bias $b$, squares in its
# middle, and ends in a loss, as a network does:
#
# $$\underbrace{w,\ b}_{\text{weights}}
# \;\longrightarrow\; \underbrace{z = 3w + b}_{\text{3 is the input}}
# \;\longrightarrow\; \underbrace{h = z^2}_{\text{activation}}
# \;\longrightarrow\; \underbrace{L = (h - 7)^2}_{\text{7 is the target}}$$
#
# **Forward**, from left to right, you compute the values. With $w = 2$ and $b = -4$: $z = 2$,
# $h = 4$, $L = 9$. **Backward**, from right to left, you compute the slope of $L$ for each of them:
# begin at the end, and at each arrow multiply by the slope of that arrow alone,
#
# $$\frac{\partial L}{\partial z}
# = \frac{\partial L}{\partial h} \cdot \frac{\partial h}{\partial z}$$
#
# and so on. Each slope is used for the next. Nothing is computed twice: that is why it is fast.

# %%
many_w = np.linspace(-1, 3, 81)

# %% [raw]
# # BEGIN QUESTION
# name: q7
# points: 2

# %% [markdown]
# ### Question 7 (2 points)
#
# First by hand: work out the four slopes of $L$ at $w = 2$, $b = -4$, and type them in as numbers.
#
# Then in code: make `w_slopes`, the slope $\partial L / \partial w$ for every $w$ in `many_w`, with
# $b = -4$ throughout. Write it as you did by hand: forward, then backward.
#
# **Useful:** the slope of $z^2$ is $2z$. When you have both, `w_slopes[60]` tells whether they
# agree: `many_w[60]` is 2.

# %% [raw]
# # BEGIN SOLUTION

# %%
# by hand, each a number: the slopes of L at w = 2, b = -4
dL_dh = -6  # SOLUTION
dL_dz = -24  # SOLUTION
dL_dw = -72  # SOLUTION
dL_db = -24  # SOLUTION

# in code: w_slopes, shape (81,), the slope of L with respect to w, for every w in many_w
# BEGIN SOLUTION NO PROMPT
z = 3 * many_w - 4
h = z**2
h_slopes = 2 * (h - 7)
z_slopes = h_slopes * 2 * z
w_slopes = z_slopes * 3
# END SOLUTION
""" # BEGIN PROMPT
w_slopes = ...
"""  # END PROMPT

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 0.25
hidden: false
"""  # END TEST CONFIG


def test_the_four_slopes_are_numbers(dL_dh, dL_dz, dL_dw, dL_db):
    import numpy as np

    for name, value in [("dL_dh", dL_dh), ("dL_dz", dL_dz), ("dL_dw", dL_dw), ("dL_db", dL_db)]:
        number = np.asarray(value)
        assert number.size == 1 and number.dtype.kind in "fiu", (
            f"`{name}` must be one number: the slope of L, worked out by hand."
        )
        # At w = 2 the activation h = 4 is below its target 7: more of anything lowers the loss.
        assert float(number.reshape(())) < 0, (
            f"`{name}` is {value}, expected a negative number: h is below its target, and grows "
            f"with {name[-1]}. So the loss falls."
        )


# %%
""" # BEGIN TEST CONFIG
points: 0.25
hidden: false
"""  # END TEST CONFIG


def test_there_is_a_slope_for_every_w(w_slopes):
    import numpy as np

    slopes = np.asarray(w_slopes)
    assert slopes.shape == (81,) and slopes.dtype.kind in "fiu", (
        f"`w_slopes` has shape {slopes.shape}, expected (81,): a slope for every w in many_w."
    )
    # z = 0 where w = 4/3. To its left and right the loss has the same values, mirrored.
    assert slopes[46] > 0 > slopes[47], (
        f"Around w = 4/3, where z is 0, `w_slopes` goes from {slopes[46]:.4g} to "
        f"{slopes[47]:.4g}, expected from above 0 to below: the loss has a peak there. Is b = -4, "
        "and does every arrow of the graph have its factor?"
    )


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: true
failure_message: >-
  dL_dh or dL_dz is not right. Begin at the end: how does L change when h grows a little? Then
  multiply by the slope of the arrow from z to h, at z = 2.
"""  # END TEST CONFIG


def test_slopes_at_h_and_z(dL_dh, dL_dz):
    import judging

    judging.check_slopes_at_h_and_z(dL_dh, dL_dz)


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: true
failure_message: >-
  dL_dw or dL_db does not follow from dL_dz. How fast does z move when w grows a little, and how
  fast when b does?
"""  # END TEST CONFIG


def test_slopes_at_w_and_b(dL_dz, dL_dw, dL_db):
    import judging

    judging.check_slopes_at_w_and_b(dL_dz, dL_dw, dL_db)


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: true
failure_message: >-
  w_slopes are not the slopes of L. Go forward for the whole array (z, then h), then backward: one
  factor for each arrow of the graph. `derivative` can tell you which entries are off.
"""  # END TEST CONFIG


def test_slopes_for_many_w(w_slopes):
    import judging

    judging.check_w_slopes(w_slopes)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %%
if w_slopes is ...:
    print("A picture appears here when you have filled in question 7.")
else:
    figure, axes = plt.subplots(1, 2, figsize=(9, 2.6))
    axes[0].plot(many_w, ((3 * many_w - 4) ** 2 - 7) ** 2)
    axes[0].set(title="the loss $L$", xlabel="w")
    axes[1].plot(many_w, w_slopes)
    axes[1].axhline(0, color="gray", linewidth=0.5)
    axes[1].set(title=r"its slope $\partial L / \partial w$", xlabel="w")
    plt.tight_layout()
    plt.show()

# %% [markdown]
# This loss has two valleys. From where you start decides in which one you end. With the loss of a
# network it is the same, with many more of them; luckily, most are about equally deep.
#
# ## 7. A network
#
# Now for digits. The next cell loads MNIST: where `mnist.npz` is not beside this notebook, it
# downloads it once (11 MB). Images become rows of 784 numbers from 0 to 1, labels become one-hot
# rows, as in the first lesson.

# %%
if not Path("mnist.npz").exists():
    urlretrieve(
        "https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz", "mnist.npz"
    )
with np.load("mnist.npz") as mnist:
    train_images = mnist["x_train"].reshape(60000, 784).astype("float32") / 255
    test_images = mnist["x_test"].reshape(10000, 784).astype("float32") / 255
    train_labels = np.eye(10, dtype="float32")[mnist["y_train"]]
    test_labels = np.eye(10, dtype="float32")[mnist["y_test"]]

print("training:", train_images.shape, train_labels.shape)
print("test:    ", test_images.shape, test_labels.shape)

# %% [markdown]
# ### Forward
#
# The network has two layers. A batch of $n$ images, one in each row, is a matrix $X$ of shape
# $(n, 784)$, and goes through it all at once:
#
# $$Z_1 = X W_1 + b_1 \qquad H = \max(0, Z_1) \qquad Z_2 = H W_2 + b_2 \qquad
# P = \text{softmax}(Z_2)$$
#
# $H$, of shape $(n, 128)$, is what the hidden layer says (that is *relu*), and $P$, of shape
# $(n, 10)$, holds ten probabilities for each image. Softmax works on each row by itself:
#
# $$p_k = \frac{e^{z_k}}{\sum_j e^{z_j}}$$
#
# One trap: $e^{1000}$ is too large for a computer, and `inf / inf` is `nan`. But softmax does not
# change if you first subtract the same number from all entries of a row. Subtract the largest: then
# no exponent is above 0.
#
# All weights together are a list of four arrays, `[W1, b1, W2, b2]`. It starts at random:

# %%
start = [
    np.random.normal(0, 0.05, (784, 128)).astype("float32"),
    np.zeros(128, dtype="float32"),
    np.random.normal(0, 0.1, (128, 10)).astype("float32"),
    np.zeros(10, dtype="float32"),
]

# %% [raw]
# # BEGIN QUESTION
# name: q8
# points: 2

# %% [markdown]
# ### Question 8 (2 points)
#
# Write `forward(parameters, images)`. It returns two arrays: `hidden` ($H$) and `probabilities`
# ($P$). The sizes of layers and batches are those of the arrays it is given: write no 784 or 128.
#
# **Useful:** `A @ B` multiplies matrices; `np.maximum(0, A)`; `A.max(axis=1, keepdims=True)` and
# `A.sum(axis=1, keepdims=True)` have one column, which then fits to every column of `A`.

# %% [raw]
# # BEGIN SOLUTION


# %%
def forward(parameters, images):
    W1, b1, W2, b2 = parameters
    # hidden: shape (n, units), after relu
    hidden = np.maximum(0, images @ W1 + b1)  # SOLUTION
    # probabilities: shape (n, classes), after softmax of each row
    # BEGIN SOLUTION NO PROMPT
    sums = hidden @ W2 + b2
    powers = np.exp(sums - sums.max(axis=1, keepdims=True))
    probabilities = powers / powers.sum(axis=1, keepdims=True)
    # END SOLUTION
    """ # BEGIN PROMPT
    probabilities = ...
    """  # END PROMPT
    return hidden, probabilities


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_shapes_follow_from_the_arrays(forward):
    import numpy as np

    random = np.random.default_rng(1)
    parameters = [random.normal(size=size) for size in [(5, 4), (4,), (4, 3), (3,)]]
    result = forward(parameters, random.normal(size=(6, 5)))
    assert isinstance(result, (tuple, list)) and len(result) == 2, (
        f"`forward` gives {type(result).__name__}, expected two arrays: return hidden, "
        "probabilities."
    )
    shapes = [np.shape(array) for array in result]
    assert shapes == [(6, 4), (6, 3)], (
        "For 6 images of 5 numbers, 4 hidden units and 3 classes, the results of `forward` have "
        f"shapes {shapes[0]} and {shapes[1]}, expected (6, 4) and (6, 3)."
    )


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_hidden_is_not_negative_and_rows_add_up_to_1(forward):
    import numpy as np

    random = np.random.default_rng(2)
    parameters = [random.normal(size=size) for size in [(5, 4), (4,), (4, 3), (3,)]]
    hidden, probabilities = map(np.asarray, forward(parameters, random.normal(size=(6, 5))))
    assert hidden.dtype.kind in "fiu" and probabilities.dtype.kind in "fiu", (
        "`forward` must return two arrays of numbers: is everything filled in?"
    )
    assert (hidden >= 0).all(), (
        f"The smallest entry of hidden is {hidden.min():.4g}, expected none below 0: relu."
    )
    assert (hidden == 0).any(), (
        "No entry of hidden is 0. With relu, every negative sum becomes exactly 0."
    )
    sums = probabilities.sum(axis=-1)
    assert (probabilities >= 0).all() and np.allclose(sums, 1, atol=1e-5), (
        f"The rows of probabilities add up to {sums.min():.4g} to {sums.max():.4g}, expected 1 "
        "each. Divide the powers of a row by the sum of that row: axis=1, keepdims=True."
    )


# %%
""" # BEGIN TEST CONFIG
points: 0.75
hidden: true
failure_message: >-
  For other weights or images, hidden or probabilities are not right. Does every layer use its own
  weights and its own bias, and the softmax work on each row by itself?
"""  # END TEST CONFIG


def test_values_are_right(forward):
    import judging

    judging.check_forward(forward)


# %%
""" # BEGIN TEST CONFIG
points: 0.25
hidden: true
failure_message: >-
  When the sums before the softmax are as large as 1000, the probabilities are not right any more.
  Read again what the text says about the largest entry of a row.
"""  # END TEST CONFIG


def test_large_sums_are_no_trouble(forward):
    import judging

    judging.check_large_sums(forward)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### Backward
#
# The loss is the cross-entropy: for each image, minus the logarithm of the probability that the
# right digit got. The mean over the batch is the number to make small. This chain is longer than
# that of question 7, and its values are matrices. The rule is the same: begin at the end and go
# back, arrow by arrow. Write $dA$ for the slopes of the loss with respect to the entries of $A$:
# it has the shape of $A$.
#
# *The end.* Softmax and cross-entropy together have a slope of surprising simplicity: probability
# minus truth. With $Y$ for the one-hot labels, and $\frac{1}{n}$ since the loss is a mean:
#
# $$dZ_2 = \frac{1}{n} \left( P - Y \right)$$
#
# *A layer.* In $Z_2 = H W_2 + b_2$, the weight from unit $i$ to class $k$ meets, in every image,
# the activity of unit $i$ on its one side and the slope of class $k$ on the other. Multiply these,
# and sum over the images: that is a product of two matrices. The bias is added in every image, so
# its slope is the sum of all rows. And $H$ meets the weights:
#
# $$dW_2 = H^{\mathsf T} \, dZ_2 \qquad db_2 = \sum_{\text{rows}} dZ_2 \qquad
# dH = dZ_2 \, W_2^{\mathsf T}$$
#
# If you forget which factor is transposed, look at the shapes: only one way fits.
#
# *Relu* has slope 1 where it lets a number pass, and 0 where it gave 0. So $dZ_1$ is $dH$ where
# $H > 0$, and 0 elsewhere.
#
# *The first layer* is a layer like the second, with $X$ as its input. That part is yours.

# %% [raw]
# # BEGIN QUESTION
# name: q9
# points: 3

# %% [markdown]
# ### Question 9 (3 points)
#
# Write `backward(parameters, images, hidden, probabilities, labels)`: the gradient of the mean
# cross-entropy, as a list of four arrays of the same shapes as the parameters. `hidden` and
# `probabilities` are what `forward` gave for these images; `labels` are one-hot.
#
# **Useful:** `A.T` is $A^{\mathsf T}$; `hidden > 0` is an array of `True` and `False`, which count
# as 1 and 0 when you multiply; `A.sum(axis=0)` adds up the rows.

# %% [raw]
# # BEGIN SOLUTION


# %%
def backward(parameters, images, hidden, probabilities, labels):
    W1, b1, W2, b2 = parameters
    # the four slopes, each of the shape of what it belongs to
    # BEGIN SOLUTION NO PROMPT
    dZ2 = (probabilities - labels) / len(images)
    dW2 = hidden.T @ dZ2
    db2 = dZ2.sum(axis=0)
    dZ1 = (dZ2 @ W2.T) * (hidden > 0)
    dW1 = images.T @ dZ1
    db1 = dZ1.sum(axis=0)
    # END SOLUTION
    """ # BEGIN PROMPT
    dW1 = ...
    db1 = ...
    dW2 = ...
    db2 = ...
    """  # END PROMPT
    return [dW1, db1, dW2, db2]


# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_slopes_have_the_shapes_of_the_parameters(backward):
    import numpy as np

    random = np.random.default_rng(3)
    shapes = [(5, 4), (4,), (4, 3), (3,)]
    parameters = [random.normal(size=shape) for shape in shapes]
    hidden, probabilities = np.maximum(0, random.normal(size=(6, 4))), np.full((6, 3), 1 / 3)
    labels = np.eye(3)[[0, 1, 2, 0, 1, 2]]
    result = backward(parameters, random.normal(size=(6, 5)), hidden, probabilities, labels)
    assert isinstance(result, (tuple, list)) and len(result) == 4, (
        f"`backward` gives {type(result).__name__}, expected a list of four arrays: the slopes of "
        "W1, b1, W2 and b2."
    )
    for name, slopes, shape in zip(["W1", "b1", "W2", "b2"], result, shapes):
        assert np.shape(slopes) == shape, (
            f"The slopes of {name} have shape {np.shape(slopes)}, expected {shape}, the shape of "
            f"{name} itself."
        )


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_sure_and_right_needs_no_change(backward):
    import numpy as np

    random = np.random.default_rng(4)
    parameters = [random.normal(size=size) for size in [(5, 4), (4,), (4, 3), (3,)]]
    images, hidden = random.normal(size=(6, 5)), np.maximum(0, random.normal(size=(6, 4)))
    labels = np.eye(3)[[0, 1, 2, 0, 1, 2]]
    result = backward(parameters, images, hidden, labels.copy(), labels)
    result = [np.asarray(slopes) for slopes in result]
    assert all(slopes.size and slopes.dtype.kind in "fiu" for slopes in result), (
        "`backward` must return four arrays of numbers: is everything filled in?"
    )
    largest = max(float(np.abs(slopes).max()) for slopes in result)
    assert largest < 1e-9, (
        "Where every probability is 1 for the right class and 0 for the others, the largest slope "
        f"is {largest:.4g}, expected 0: there is nothing to improve."
    )
    # Class 0 is right, but gets only a third of the probability: the loss falls if b2[0] grows.
    labels = np.eye(3)[[0, 0, 0, 0, 0, 0]]
    db2 = np.asarray(backward(parameters, images, hidden, np.full((6, 3), 1 / 3), labels)[3])
    assert db2[0] < 0 < db2[1], (
        "Where class 0 is right and gets a third of the probability, the slopes of b2 are "
        f"{db2.tolist()}, expected a negative first entry and positive others. It is probability "
        "minus truth."
    )


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: >-
  The slopes of W2 or b2 are not those of the loss. Compare some entries with finite differences of
  the mean cross-entropy: is the division by the number of images there, once?
"""  # END TEST CONFIG


def test_second_layer_agrees_with_finite_differences(backward):
    import judging

    judging.check_backward(backward, "second")


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: >-
  The slopes of W1 or b1 are not those of the loss. Is the slope carried back through W2, and
  stopped where relu gave 0?
"""  # END TEST CONFIG


def test_first_layer_agrees_with_finite_differences(backward):
    import judging

    judging.check_backward(backward, "first")


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### Train
#
# You have all the parts. A training loop puts them together:
#
# > for each epoch: shuffle the images, and their labels the same way;\
# > for each mini-batch: go forward, go backward, take one step with each of the four arrays.
#
# Why shuffle anew in every epoch? So that no two epochs have the same batches, and no batch is
# all of one kind: a network that has seen nothing but sevens for a while says seven to everything.

# %% [raw]
# # BEGIN QUESTION
# name: q10
# points: 3

# %% [markdown]
# ### Question 10 (3 points)
#
# Write `train(parameters, images, labels, epochs, batch_size, rate)`, which returns the trained
# parameters, a list of four arrays, and leaves those that it was given as they were. Use plain
# steps, without momentum.
#
# Then make `trained`: train `start` on the training set until the network reads at least 90 of 100
# test images. Three epochs, batches of 128 and a rate of 0.2 are more than enough, and take some
# seconds. Last, `test_acc`: the share of test images whose most probable digit is the right one.
#
# **Useful:** your `forward`, `backward` and `step`; `order = np.random.permutation(n)` is a random
# order of the rows, `rows = order[i:i + batch_size]` a part of it, and `images[rows]` are those
# images; `A.argmax(axis=1)`.

# %% [raw]
# # BEGIN SOLUTION


# %%
def train(parameters, images, labels, epochs, batch_size, rate):
    for _ in range(epochs):
        # shuffle; then, for each batch: forward, backward, and new parameters
        # BEGIN SOLUTION
        order = np.random.permutation(len(images))
        for i in range(0, len(images), batch_size):
            rows = order[i : i + batch_size]
            hidden, probabilities = forward(parameters, images[rows])
            slopes = backward(parameters, images[rows], hidden, probabilities, labels[rows])
            parameters = [step(w, g, rate) for w, g in zip(parameters, slopes)]
        # END SOLUTION
    return parameters


# trained: four arrays, from start
trained = train(start, train_images, train_labels, epochs=3, batch_size=128, rate=0.2)  # SOLUTION
# test_acc: a number between 0 and 1
# BEGIN SOLUTION NO PROMPT
_, probabilities = forward(trained, test_images)
test_acc = np.mean(probabilities.argmax(axis=1) == test_labels.argmax(axis=1))
# END SOLUTION
""" # BEGIN PROMPT
test_acc = ...
"""  # END PROMPT

print("accuracy on the test set:", test_acc)

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 0.25
hidden: false
"""  # END TEST CONFIG


def test_trained_holds_the_four_arrays(trained):
    import numpy as np

    assert isinstance(trained, (list, tuple)) and len(trained) == 4, (
        f"`trained` is of type {type(trained).__name__}, expected a list of four arrays. Does "
        "train return the parameters?"
    )
    shapes = [np.shape(array) for array in trained]
    assert shapes == [(784, 128), (128,), (128, 10), (10,)], (
        f"The arrays of `trained` have shapes {shapes}, expected those of `start`: [(784, 128), "
        "(128,), (128, 10), (10,)]."
    )
    assert all(np.isfinite(np.asarray(array, dtype=float)).all() for array in trained), (
        "`trained` holds values that are no finite numbers: the training has diverged. Is the rate "
        "too large, or the slope not divided by the number of images in the batch?"
    )


# %%
""" # BEGIN TEST CONFIG
points: 0.25
hidden: false
"""  # END TEST CONFIG


def test_train_returns_new_arrays(train):
    import numpy as np

    random = np.random.default_rng(5)
    given = [random.normal(size=size) for size in [(5, 4), (4,), (4, 3), (3,)]]
    before = [array.copy() for array in given]
    images, labels = random.normal(size=(20, 5)), np.eye(3)[random.integers(0, 3, 20)]
    result = train(given, images, labels, 1, 5, 0.1)
    assert isinstance(result, (list, tuple)) and len(result) == 4, (
        f"`train` gives {type(result).__name__}, expected a list of four arrays."
    )
    assert all(np.array_equal(array, old) for array, old in zip(given, before)), (
        "After training, the parameters that `train` was given have changed. Make new arrays with "
        "`step` and leave the old ones as they are: `-=` changes them."
    )
    assert not any(np.array_equal(array, old) for array, old in zip(result, before)), (
        "After one epoch, some of the four arrays are the same as before, expected new values in "
        "each: take one step with all four, for every batch."
    )


# %%
""" # BEGIN TEST CONFIG
points: 0.25
hidden: false
"""  # END TEST CONFIG


def test_accuracy_is_at_least_90_percent(test_acc):
    import numpy as np

    value = np.asarray(test_acc)
    assert value.size == 1 and value.dtype.kind in "fiu", (
        "`test_acc` must be one number: the mean of an array of True and False is the share of "
        "True."
    )
    accuracy = float(value.reshape(()))
    hint = (
        "Are the four arrays new after each batch, and do the functions of questions 8 and 9 work?"
    )
    if accuracy < 0.25:
        hint = f"That is no better than guessing. {hint}"
    elif accuracy > 1:
        hint = "It is a share, not a percentage or a count."
    assert 0.9 <= accuracy <= 1, f"`test_acc` is {accuracy:.4g}, expected 0.90 to 1. {hint}"


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: true
failure_message: >-
  Given other data, train does not make the loss fall on examples that it has not seen. If question
  8 or 9 is not right yet, begin there: train calls both functions.
"""  # END TEST CONFIG


def test_loss_falls_on_fresh_data(train):
    import judging

    judging.check_training(train)


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: true
failure_message: >-
  The loop does not do what was asked for. In each epoch every image has to be used once, in an
  order that is drawn anew, in batches of batch_size, with a step of the given rate for each.
"""  # END TEST CONFIG


def test_each_epoch_uses_every_image_in_shuffled_batches(train):
    import judging

    judging.check_loop(train)


# %%
""" # BEGIN TEST CONFIG
points: 0.75
hidden: true
failure_message: >-
  The network of the four arrays in trained does not read 90 of 100 test images. What counts is
  what these weights do in the network of question 8, two layers with relu and softmax.
"""  # END TEST CONFIG


def test_trained_network_reads_90_percent(trained):
    import judging

    judging.check_trained(trained)


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: true
failure_message: >-
  test_acc is not the accuracy of the network of trained on the test set. Compare the most probable
  digit of every test image with its label.
"""  # END TEST CONFIG


def test_accuracy_is_that_of_the_trained_network(trained, test_acc):
    import judging

    judging.check_test_acc(trained, test_acc)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# What has it learned? Each hidden unit has 784 weights, one for each pixel. Drawn as an image, they
# show what the unit looks for: red adds to its sum, blue takes away.

# %%
if trained is ...:
    print("Some hidden units appear here when you have filled in question 10.")
else:
    figure, axes = plt.subplots(2, 8, figsize=(9, 2.6))
    for unit, axis in enumerate(axes.flat):
        axis.imshow(trained[0][:, unit].reshape(28, 28), cmap="coolwarm", vmin=-0.3, vmax=0.3)
        axis.axis("off")
    plt.tight_layout()
    plt.show()

# %% [markdown]
# ## What you have done
#
# You measured slopes, found the gradient of a loss, walked down it, saw what the rate decides, what
# a batch is worth and what momentum adds. You carried slopes back through a chain, first by hand,
# then through a whole network, and trained it with a loop of your own. `network.fit` does the same.
# What Keras adds is convenience: it finds `backward` by itself, for any network you can describe.
