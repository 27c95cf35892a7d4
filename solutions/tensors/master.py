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
#           named `tensors_` and the date. Hand in the newest zip.
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
# files:
#     - network.npz
# autograder_files:
#     - judging.py

# %% [markdown]
# # Tensors and their operations
#
# In the first lesson you trained a network that reads handwritten digits. Keras did the work. This
# time you open it up. What it does with an image comes down to four operations on arrays of
# numbers, and you will write each of them twice: once in plain Python, with loops, so that nothing
# is hidden; and once in NumPy, in a single line. At the end you take the weights of a trained
# network, read ten thousand digits with them, and need no Keras at all.
#
# **You will learn**
#
# - what *rank*, *shape*, *dtype* and *axes* say about a tensor;
# - how to cut images, pieces of images and *batches* out of one;
# - what *element-wise* operations, *broadcasting* and the *tensor product* do, number by number;
# - why nobody writes those loops, and how much they cost;
# - what *reshaping* and *transposing* leave as it is;
# - what a dense layer does to its data, as a formula and as a picture.
#
# **How it works.** Run the cells from top to bottom, each with *Shift + Enter*. Where you see
# `...`, put your own code. Often you are asked for a **prediction**: work it out on paper and type
# in the answer, before you let NumPy tell you. There are nine questions and 24 points. The
# `grader.check` cell below each one tells you what is right, and what is not yet. Some tests run
# only when your work is graded: among them are all that call your functions with arrays of other
# shapes. At the end it says how to hand in.
#
# First, two cells that prepare the notebook itself. They need no change.

# %%
import time
from pathlib import Path
from urllib.request import urlretrieve

import matplotlib.pyplot as plt
import numpy as np

# %% [markdown]
# ## 1. What a tensor is
#
# The next cell loads the digits of the first lesson. Where `mnist.npz` does not lie beside the
# notebook yet, it downloads 11 MB, once.

# %%
MNIST = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz"

if not Path("mnist.npz").exists():
    urlretrieve(MNIST, "mnist.part")
    Path("mnist.part").rename("mnist.npz")

with np.load("mnist.npz") as mnist:
    train_images, train_labels = mnist["x_train"], mnist["y_train"]
    test_images, test_labels = mnist["x_test"], mnist["y_test"]

print("training:", train_images.shape, train_labels.shape)
print("test:    ", test_images.shape, test_labels.shape)

# %% [markdown]
# A **tensor** is a box of numbers, all of the same kind, laid out along some **axes**. Three words
# describe it:
#
# - its **rank**, `x.ndim`: how many axes it has;
# - its **shape**, `x.shape`: how many entries it has along each axis, as a tuple;
# - its **dtype**, `x.dtype`: what kind of number is in it.

# %%
examples = {
    "a number": np.array(12),
    "a vector": np.array([12, 3, 6, 14]),
    "a matrix": np.array([[5, 78, 2], [6, 79, 3]]),
    "a stack of matrices": np.zeros((3, 2, 4)),
}
for name, x in examples.items():
    print(f"{name:20} rank {x.ndim}   shape {x.shape!s:10} dtype {x.dtype}")

# %% [markdown]
# Look twice at the comma in `(4,)`: the shape of a vector is a tuple with one entry. And a vector
# of four numbers has *rank* one, though one also calls it four-dimensional. That is why we say
# rank for the number of axes.
#
# ### Slices
#
# In square brackets you say for each axis what you want of it. A **number** picks one entry, and
# the axis is gone. A **slice** `from:to` takes a range of entries (`to` is not included), and the
# axis stays, shorter. `:` alone takes all, negative numbers count from the end, and axes that you
# do not mention stay as they are.

# %%
x = np.arange(12).reshape((3, 4))

print(x)
print("x[1]      ", x[1].shape, x[1])
print("x[:, 1]   ", x[:, 1].shape, x[:, 1])
print("x[1:3, :2]", x[1:3, :2].shape, "\n", x[1:3, :2])

# %% [raw]
# # BEGIN QUESTION
# name: q1
# points: 3

# %% [markdown]
# ### Question 1 (3 points)
#
# Predict, without running them, what these are. `train_images` has shape `(60000, 28, 28)` and
# holds whole numbers from 0 to 255, of dtype `uint8`.
#
# | name | is |
# |---|---|
# | `rank` | the rank of `train_images`, a number |
# | `shape_a` | the shape of `train_images[7]`, a tuple |
# | `shape_b` | the shape of `train_images[:, 7]` |
# | `shape_c` | the shape of `train_images[10:100, 14:, 14:]` |
# | `shape_d` | the shape of `train_images[-1:, 0, 0]` |
# | `dtype_e` | the dtype of `train_images / 255`, as a text such as `"uint8"` |
#
# **Useful:** for each axis, ask whether it is gone, shorter, or as it was.

# %% [raw]
# # BEGIN SOLUTION

# %%
# your predictions, typed in
rank = 3  # SOLUTION
shape_a = (28, 28)  # SOLUTION
shape_b = (60000, 28)  # SOLUTION
shape_c = (90, 14, 14)  # SOLUTION
shape_d = (1,)  # SOLUTION
dtype_e = "float64"  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 0.25
hidden: false
"""  # END TEST CONFIG


def test_shapes_are_tuples_of_whole_numbers(shape_a, shape_b, shape_c, shape_d):
    shapes = {"shape_a": shape_a, "shape_b": shape_b, "shape_c": shape_c, "shape_d": shape_d}
    for name, shape in shapes.items():
        hint = "Write a tuple, such as (60000, 28, 28)."
        if isinstance(shape, int):
            hint = f"({shape}) is only a number in brackets; the tuple is ({shape},)."
        assert isinstance(shape, (tuple, list)), f"`{name}` is {shape!r}, no shape. {hint}"
        assert all(type(entry) is int for entry in shape), (
            f"`{name}` is {shape!r}, expected whole numbers only. {hint}"
        )


# %%
""" # BEGIN TEST CONFIG
points: 0.25
hidden: false
"""  # END TEST CONFIG


def test_rank_is_the_number_of_axes(rank):
    hint = "Count the entries of its shape, (60000, 28, 28)."
    if rank == 60000 * 28 * 28:
        hint = f"That is how many numbers it holds. {hint}"
    elif rank == 784:
        hint = f"That is how many numbers one image holds. {hint}"
    assert type(rank) is int and rank == 3, f"`rank` is {rank!r}, which is not right. {hint}"


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_predicted_shapes_have_the_right_number_of_axes(shape_a, shape_b, shape_c, shape_d):
    expected = [("shape_a", shape_a, 2), ("shape_b", shape_b, 2)]
    expected += [("shape_c", shape_c, 3), ("shape_d", shape_d, 1)]
    for name, shape, rank in expected:
        assert isinstance(shape, (tuple, list)), f"`{name}` must be a tuple."
        hint = "Each single number in the brackets takes an axis away; a slice takes none."
        assert len(shape) == rank, (
            f"`{name}` has {len(shape)} axes, expected {rank}: train_images has three. {hint}"
        )


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: true
failure_message: >-
  shape_a or shape_b is not right. A single number picks one entry of its axis, and that axis is
  gone; which one, the place in the brackets says.
"""  # END TEST CONFIG


def test_shapes_of_what_a_number_picks(shape_a, shape_b):
    import judging

    judging.check_shapes(shape_a=(shape_a, (28, 28)), shape_b=(shape_b, (60000, 28)))


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: >-
  shape_c or shape_d is not right. A slice from:to has to - from entries; where one end is left
  out, it goes as far as the axis does.
"""  # END TEST CONFIG


def test_shapes_of_slices(shape_c, shape_d):
    import judging

    judging.check_shapes(shape_c=(shape_c, (90, 14, 14)), shape_d=(shape_d, (1,)))


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: true
failure_message: >-
  dtype_e is not right. Whole numbers cannot hold fractions, and NumPy takes its usual
  floating-point numbers then.
"""  # END TEST CONFIG


def test_dtype_of_a_division(dtype_e):
    import numpy as np

    try:
        dtype = np.dtype(dtype_e)
    except TypeError:
        dtype = None
    assert dtype == np.float64, f"`dtype_e` is {dtype_e!r}, and NumPy says float64."


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# Now let NumPy answer, and compare. Where you were surprised, look again at the brackets.

# %%
print("rank   ", train_images.ndim)
print("shape_a", train_images[7].shape)
print("shape_b", train_images[:, 7].shape)
print("shape_c", train_images[10:100, 14:, 14:].shape)
print("shape_d", train_images[-1:, 0, 0].shape)
print("dtype_e", (train_images / 255).dtype)

# %% [markdown]
# With slices you can cut *all* images at once. Here the same digits are shown whole, then only
# their lower right quarters, then a window of 14 by 14 pixels from the middle:

# %%
cuts = [train_images, train_images[:, 14:, 14:], train_images[:, 7:-7, 7:-7]]

figure, axes = plt.subplots(3, 8, figsize=(9, 3.6))
for row, images in enumerate(cuts):
    for column in range(8):
        axes[row, column].imshow(images[column], cmap="gray_r")
        axes[row, column].axis("off")
plt.show()

# %% [markdown]
# ### Batches
#
# The first axis counts the examples, in nearly every tensor. A network does not take them all at
# once, but in **batches**: slices along the first axis. With batches of 128, number 0 is
# `train_images[0:128]`, and number 1 is `train_images[128:256]`. The last one may have fewer
# examples than the others.

# %% [raw]
# # BEGIN QUESTION
# name: q2
# points: 2

# %% [markdown]
# ### Question 2 (2 points)
#
# Write `batch(x, number, size)`: it returns batch `number` of the tensor `x`, counted from 0, where
# each batch has `size` examples. The last one has what is left. With it, take `last_batch`, the
# last batch of 128 in `train_images`. Which number does it have?
#
# **Useful:** a slice that goes beyond the end stops at the end, without an error.

# %% [raw]
# # BEGIN SOLUTION


# %%
# BEGIN SOLUTION NO PROMPT
def batch(x, number, size):
    return x[number * size : (number + 1) * size]


# END SOLUTION
""" # BEGIN PROMPT
def batch(x, number, size):
    # a slice of x along its first axis
    ...
"""  # END PROMPT

# last_batch: the last one of train_images, where each has 128 examples
last_batch = batch(train_images, 468, 128)  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_batches_of_twelve_numbers(batch):
    import numpy as np

    x = np.arange(100, 112)
    for number, expected in [(0, [100, 101, 102, 103, 104]), (1, [105, 106, 107, 108, 109])]:
        found = batch(x, number, 5)
        hint = "It begins where the batches before it end: number * size examples are in those."
        assert found is not None and found is not ..., "`batch` returned nothing: fill it in."
        assert np.array_equal(found, expected), (
            f"batch(x, {number}, 5) of the numbers 100 to 111 is {found}, expected {expected}. "
            f"{hint}"
        )


# %%
""" # BEGIN TEST CONFIG
points: 0.25
hidden: false
"""  # END TEST CONFIG


def test_the_last_batch_has_what_is_left(batch):
    import numpy as np

    found = batch(np.arange(100, 112), 2, 5)
    assert found is not None and found is not ..., "`batch` returned nothing: fill it in."
    assert np.array_equal(found, [110, 111]), (
        f"batch(x, 2, 5) of the numbers 100 to 111 is {found}, expected [110 111]: two are left "
        "after two batches of five."
    )


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: true
failure_message: >-
  `batch` does not work for every tensor. Use only its first axis, whatever its rank, and no numbers
  that are special to MNIST.
"""  # END TEST CONFIG


def test_batches_of_other_tensors(batch):
    import judging

    judging.check_batch(batch)


# %%
""" # BEGIN TEST CONFIG
points: 0.25
hidden: false
"""  # END TEST CONFIG


def test_shape_of_the_last_batch(last_batch):
    import numpy as np

    shape = np.shape(last_batch)
    hint = "How many batches of 128 fit into 60,000, and how many examples are left then?"
    if shape == (128, 28, 28):
        hint = f"It is full, and the last one is not. {hint}"
    elif shape[:1] == (0,):
        hint = f"Nothing is in it: batches count from 0. {hint}"
    assert shape[1:] == (28, 28) and 0 < shape[0] < 128, (
        f"`last_batch` has shape {shape}, which is not that of the last batch. {hint}"
    )


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: true
failure_message: >-
  last_batch is not the last batch of train_images. 60,000 / 128 is a little more than 468, and
  batches count from 0.
"""  # END TEST CONFIG


def test_last_batch_is_the_end_of_the_images(last_batch, train_images):
    import numpy as np

    right = np.asarray(train_images)[59904:]
    assert np.array_equal(last_batch, right), (
        f"`last_batch` has shape {np.shape(last_batch)}; expected are the last 96 images."
    )


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ## 2. Number by number
#
# ### Element-wise operations
#
# An **element-wise** operation does the same to each number on its own. You know one: **relu**,
# which keeps what is positive and puts 0 in place of the rest, $\text{relu}(x) = \max(x, 0)$.
# Addition is another: for two tensors of the same shape, each number meets the one at the same
# place.
#
# $$\text{relu}(X)_{ij} = \max(X_{ij}, 0) \qquad\qquad (X + Y)_{ij} = X_{ij} + Y_{ij}$$
#
# Read the indices as a program: *for every row* $i$*, for every column* $j$. Here is a third
# operation in that form, the square of every number:


# %%
def naive_square(x):
    result = np.zeros(x.shape)  # new, so that x stays as it is
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            result[i, j] = x[i, j] * x[i, j]
    return result


print(naive_square(np.array([[1, -2, 3], [0, 5, -6]])))

# %% [raw]
# # BEGIN QUESTION
# name: q3
# points: 3

# %% [markdown]
# ### Question 3 (3 points)
#
# Write `naive_relu(x)` and `naive_add(x, y)` for matrices (tensors of rank 2) of any shape, also
# for those without a row. Each returns a new matrix and leaves its arguments as they are. Where the
# shapes of `x` and `y` differ, `naive_add` raises a `ValueError`.
#
# Go through the numbers one by one, and let Python do the arithmetic. NumPy only makes the array
# for the results, as `np.zeros(...)` does above. Without NumPy's own arithmetic, mind you:
# `x[i] + y[i]` already adds whole rows.
#
# **Useful:** `x.shape`, `max(a, b)`, `raise ValueError("the shapes differ")`.

# %% [raw]
# # BEGIN SOLUTION


# %%
# BEGIN SOLUTION NO PROMPT
def naive_relu(x):
    result = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            result[i, j] = max(x[i, j], 0)
    return result


def naive_add(x, y):
    if x.shape != y.shape:
        raise ValueError("the shapes differ")
    result = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            result[i, j] = x[i, j] + y[i, j]
    return result


# END SOLUTION
""" # BEGIN PROMPT
def naive_relu(x):
    # a new matrix: each number of x, or 0 where that is negative
    ...


def naive_add(x, y):
    # a new matrix: each number of x plus the one at the same place of y
    ...
"""  # END PROMPT

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_naive_relu_of_a_small_matrix(naive_relu):
    import numpy as np

    x = np.array([[1.5, -2.0, 0.0], [-0.5, 3.0, -4.0]])
    found = naive_relu(x)
    assert found is not None and found is not ..., "`naive_relu` returned nothing: fill it in."
    hint = "Keep what is positive, and put 0 in place of the rest."
    if np.shape(found) == (2, 3) and np.array_equal(found, -np.minimum(x, 0)):
        hint = f"It is the other way round. {hint}"
    elif np.shape(found) == (2, 3) and np.array_equal(found, np.abs(x)):
        hint = f"That only drops the signs. {hint}"
    assert np.array_equal(found, [[1.5, 0, 0], [0, 3, 0]]), (
        f"naive_relu of {x.tolist()} is {np.asarray(found).tolist()}, expected "
        f"[[1.5, 0, 0], [0, 3, 0]]. {hint}"
    )


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_naive_add_of_two_small_matrices(naive_add):
    import numpy as np

    x, y = np.array([[1, 2, 3], [4, 5, 6]]), np.array([[10, 20, 30], [40, 50, -60]])
    found = naive_add(x, y)
    assert found is not None and found is not ..., "`naive_add` returned nothing: fill it in."
    assert np.array_equal(found, [[11, 22, 33], [44, 55, -54]]), (
        f"naive_add of {x.tolist()} and {y.tolist()} is {np.asarray(found).tolist()}, expected "
        "[[11, 22, 33], [44, 55, -54]]."
    )


# %%
""" # BEGIN TEST CONFIG
points: 0.25
hidden: false
"""  # END TEST CONFIG


def test_naive_add_refuses_shapes_that_differ(naive_add):
    import numpy as np

    naive_add(np.ones((2, 2)), np.ones((2, 2)))  # these fit
    for shapes in [((2, 2), (3, 2)), ((2, 2), (2, 3)), ((3, 2), (2, 3)), ((2, 3), (2, 2))]:
        x, y = (np.ones(shape) for shape in shapes)
        try:
            naive_add(x, y)
        except (ValueError, AssertionError, IndexError, TypeError):
            continue
        raise AssertionError(
            f"naive_add of shapes {shapes[0]} and {shapes[1]} raised no error. Compare the shapes "
            "first: an answer for what has none is worse than an error."
        )


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: true
failure_message: >-
  naive_relu is not right for every matrix. Think of other shapes, none or one row among them, of
  whole numbers, and of matrices whose numbers are all negative.
"""  # END TEST CONFIG


def test_naive_relu_of_other_matrices(naive_relu):
    import judging

    judging.check_relu("naive_relu", naive_relu)


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: true
failure_message: >-
  naive_add is not right for every pair of matrices. Think of other shapes, none or one row among
  them, and of whole numbers plus fractions.
"""  # END TEST CONFIG


def test_naive_add_of_other_matrices(naive_add):
    import judging

    judging.check_add("naive_add", naive_add)


# %%
""" # BEGIN TEST CONFIG
points: 0.25
hidden: true
failure_message: >-
  naive_relu or naive_add changes its arguments. Put the results into a new array.
"""  # END TEST CONFIG


def test_arguments_of_the_naive_functions_are_unchanged(naive_relu, naive_add):
    import judging

    x, y = judging.matrices("unchanged", (4, 3), (4, 3))
    judging.check_unchanged("naive_relu", naive_relu, [x])
    judging.check_unchanged("naive_add", naive_add, [x, y])


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: true
failure_message: >-
  naive_relu or naive_add leaves the arithmetic to NumPy. Go through rows and columns, take single
  numbers such as x[i, j], and let Python compute.
"""  # END TEST CONFIG


def test_naive_functions_compute_in_loops(naive_relu, naive_add):
    import judging

    x, y = judging.matrices("loops", (2, 3), (2, 3))
    judging.check_naive("naive_relu", naive_relu, [x])
    judging.check_naive("naive_add", naive_add, [x, y])


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### The same in one line
#
# NumPy has all of this built in: `x + y`, `x * y`, `x > 0`, `np.maximum(x, 0)`, `np.exp(x)` work on
# whole tensors of any rank. Inside there is a loop, too, but one in machine code that does several
# numbers per step. Code without loops of its own is called **vectorised**.

# %% [raw]
# # BEGIN QUESTION
# name: q4
# points: 2

# %% [markdown]
# ### Question 4 (2 points)
#
# Write `relu(x)` and `add(x, y)` again, vectorised: each in one line of NumPy, without any loop.
# They shall work for tensors of every rank.

# %% [raw]
# # BEGIN SOLUTION


# %%
# BEGIN SOLUTION NO PROMPT
def relu(x):
    return np.maximum(x, 0)


def add(x, y):
    return x + y


# END SOLUTION
""" # BEGIN PROMPT
def relu(x):
    ...


def add(x, y):
    ...
"""  # END PROMPT

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_relu_and_add_of_small_matrices(relu, add):
    import numpy as np

    x = np.array([[1.5, -2.0, 0.0], [-0.5, 3.0, -4.0]])
    found = relu(x)
    assert found is not None and found is not ..., "`relu` returned nothing: fill it in."
    assert np.array_equal(found, [[1.5, 0, 0], [0, 3, 0]]), (
        f"relu of {x.tolist()} is {np.asarray(found).tolist()}, expected [[1.5, 0, 0], [0, 3, 0]]."
    )
    x, y = np.array([[1.5, -2.0], [-0.5, 3.0]]), np.array([[1.0, 2.0], [3.0, 4.0]])
    found = add(x, y)
    assert found is not None and found is not ..., "`add` returned nothing: fill it in."
    assert np.array_equal(found, [[2.5, 0], [2.5, 7]]), (
        f"add of [[1.5, -2], [-0.5, 3]] and [[1, 2], [3, 4]] is {np.asarray(found).tolist()}, "
        "expected [[2.5, 0], [2.5, 7]]."
    )


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: true
failure_message: >-
  relu or add is not right for every tensor. They have to work for every rank, for whole numbers,
  and where there are no numbers at all.
"""  # END TEST CONFIG


def test_relu_and_add_of_other_tensors(relu, add):
    import judging

    judging.check_relu("relu", relu, (5,), (2, 3, 4), (0,), (1, 1, 2, 2))
    judging.check_add("add", add, (5,), (2, 3, 4), (0,), (1, 1, 2, 2))


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: true
failure_message: >-
  relu or add changes its arguments, or add takes tensors that do not fit. Leave it to NumPy's own
  operators, and write into nothing that you were given.
"""  # END TEST CONFIG


def test_relu_and_add_leave_arguments_alone_and_refuse_what_does_not_fit(relu, add):
    import judging

    x, y, z = judging.matrices("vectorised", (4, 3), (4, 3), (2, 3))
    judging.check_unchanged("relu", relu, [x])
    judging.check_unchanged("add", add, [x, y])
    judging.check_refuses("add", add, [x, y], [x, z], [z, x])


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: true
failure_message: >-
  relu or add has a loop, or calls something that has one. Write an expression of whole arrays, in
  one line.
"""  # END TEST CONFIG


def test_relu_and_add_have_no_loop(relu, add):
    import judging

    x, y = judging.matrices("loops", (2, 3), (2, 3))
    judging.check_vectorised("relu", relu, [x])
    judging.check_vectorised("add", add, [x, y])


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### What a loop costs
#
# How much faster is it? Guess first. The cell below makes two matrices of half a million numbers
# and a function that says how long a call takes. (Should your function fail, it says so, and
# measures all the same.)


# %%
def seconds(function, *arguments):
    """Call a function once, and return how many seconds that took."""
    start = time.perf_counter()
    try:
        function(*arguments)
    except Exception as error:
        print("the call failed:", error)
    return time.perf_counter() - start


big_x, big_y = np.random.normal(size=(2, 500, 1000))

# %% [raw]
# # BEGIN QUESTION
# name: q5
# points: 2

# %% [markdown]
# ### Question 5 (2 points)
#
# Measure how many seconds `naive_add` takes for `big_x` and `big_y`, and how many `add` takes. How
# many times faster is the second?
#
# **Useful:** `seconds(function, x, y)`. The function goes in without brackets: it is `seconds` that
# calls it.

# %% [raw]
# # BEGIN SOLUTION

# %%
# naive_seconds: what naive_add takes
naive_seconds = seconds(naive_add, big_x, big_y)  # SOLUTION
# numpy_seconds: what add takes
numpy_seconds = seconds(add, big_x, big_y)  # SOLUTION
# times_faster: how often the second fits into the first
times_faster = naive_seconds / numpy_seconds  # SOLUTION

print(naive_seconds, "s with loops,", numpy_seconds, "s with NumPy:", times_faster, "times faster")

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_seconds_are_positive_numbers(naive_seconds, numpy_seconds):
    import numpy as np

    for name, value in [("naive_seconds", naive_seconds), ("numpy_seconds", numpy_seconds)]:
        number = np.asarray(value)
        assert number.size == 1 and number.dtype.kind in "fi", (
            f"`{name}` must be one number of seconds, such as seconds(...) returns."
        )
        assert 0 < float(number.reshape(())) < 600, (
            f"`{name}` is {float(number.reshape(())):.4g}, expected a number of seconds above 0."
        )


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_times_faster_is_their_ratio(naive_seconds, numpy_seconds, times_faster):
    import numpy as np

    numbers = [np.asarray(value) for value in (naive_seconds, numpy_seconds, times_faster)]
    assert all(number.size == 1 and number.dtype.kind in "fi" for number in numbers), (
        "`naive_seconds`, `numpy_seconds` and `times_faster` must be one number each."
    )
    naive, vectorised, ratio = (float(number.reshape(())) for number in numbers)
    hint = "Divide the seconds of the slow one by those of the fast one."
    if vectorised > 0 and abs(ratio * naive - vectorised) <= 0.01 * vectorised:
        hint = f"It is the other way round. {hint}"
    assert vectorised > 0 and abs(ratio * vectorised - naive) <= 0.01 * naive, (
        f"`times_faster` is {ratio:.4g}, which is not the ratio of the two times. {hint}"
    )


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: true
failure_message: >-
  The loops were not slower. Measure naive_add for naive_seconds and add for numpy_seconds, both
  for big_x and big_y.
"""  # END TEST CONFIG


def test_loops_take_longer(naive_seconds, numpy_seconds, naive_add, add):
    import judging
    import numpy as np

    x = np.array([[1.0, 2.0]])
    try:
        judging.check_naive("naive_add", naive_add, [x, x])
        judging.check_vectorised("add", add, [x, x])
    except AssertionError:
        return  # without loops, or with two, neither has to be faster
    for function in (naive_add, add):
        try:
            right = np.array_equal(function(x, x), x + x)
        except Exception:
            right = False
        if not right:
            return  # what it takes then says nothing; that it is wrong was paid for above
    assert naive_seconds > numpy_seconds, (
        f"The loops took {naive_seconds:.4g} s, NumPy {numpy_seconds:.4g} s."
    )


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: true
failure_message: >-
  naive_seconds or numpy_seconds was not measured here. Take both from seconds(...).
"""  # END TEST CONFIG


def test_both_were_measured(naive_seconds, numpy_seconds):
    import judging

    judging.check_measured(naive_seconds=naive_seconds, numpy_seconds=numpy_seconds)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# A hundred times and more is usual. Training the network of the first lesson took some seconds;
# with loops it would have taken days.
#
# ## 3. Broadcasting
#
# What if the shapes differ? A layer adds a *bias vector* to a whole batch: one number for each
# column, the same for every row. NumPy does that without being asked. It **broadcasts** the smaller
# tensor along the axes that it lacks, as if it stood there many times:
#
# $$\begin{pmatrix} 1 & 2 & 3\\ 4 & 5 & 6\end{pmatrix} + \begin{pmatrix}10 & 20 & 30\end{pmatrix}
# = \begin{pmatrix} 11 & 22 & 33\\ 14 & 25 & 36\end{pmatrix}$$
#
# The rule: write the two shapes below each other, **aligned at the right**. In each column the two
# numbers must be the same, or one of them is 1, or missing. The result has the larger one.
#
# ```
#   (2, 3)          (8, 1, 5)          (2, 3)
# +    (3,)       +    (4, 5)       +     (2,)
# = (2, 3)        = (8, 4, 5)       = an error: 3 and 2
# ```
#
# The third case is the usual surprise. Two rows and two numbers seem to fit; but the last axes
# meet first.

# %%
figure, axes = plt.subplots(1, 3, figsize=(9, 2))
matrix, vector = np.array([[1, 2, 3], [4, 5, 6]]), np.array([10, 20, 30])
for axis, values, title in zip(
    axes,
    [matrix, np.broadcast_to(vector, (2, 3)), matrix + vector],
    ["shape (2, 3)", "shape (3,), broadcast", "their sum"],
    strict=True,
):
    axis.imshow(values, cmap="Blues", vmin=-10, vmax=50)
    for (i, j), value in np.ndenumerate(values):
        axis.text(j, i, value, ha="center", va="center")
    axis.set(title=title, xticks=[], yticks=[])
plt.show()

# %% [raw]
# # BEGIN QUESTION
# name: q6
# points: 3

# %% [markdown]
# ### Question 6 (3 points)
#
# Write `naive_add_matrix_and_vector(x, y)`, which adds the vector `y` to every row of the matrix
# `x`, number by number as in question 3. Where `y` does not have one number for each column of
# `x`, it raises a `ValueError`. Then write `add_vector(x, y)`: the same, vectorised, in one line.
#
# And predict: `shape_f` is the shape of `np.zeros((128, 10)) + np.zeros(10)`, `shape_g` that of
# `np.zeros((5, 1)) + np.zeros((1, 3))`, and `fits` says, as `True` or `False`, whether
# `np.zeros((3, 4)) + np.zeros(3)` works.

# %% [raw]
# # BEGIN SOLUTION


# %%
# BEGIN SOLUTION NO PROMPT
def naive_add_matrix_and_vector(x, y):
    if y.shape != (x.shape[1],):
        raise ValueError("y does not have one number for each column")
    result = np.zeros(x.shape)
    for i in range(x.shape[0]):
        for j in range(x.shape[1]):
            result[i, j] = x[i, j] + y[j]
    return result


def add_vector(x, y):
    return x + y


# END SOLUTION
""" # BEGIN PROMPT
def naive_add_matrix_and_vector(x, y):
    # a new matrix: each number of x plus that of y for its column
    ...


def add_vector(x, y):
    ...
"""  # END PROMPT


# your predictions, typed in
shape_f = (128, 10)  # SOLUTION
shape_g = (5, 3)  # SOLUTION
fits = False  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_naive_sum_of_a_matrix_and_a_vector(naive_add_matrix_and_vector):
    import numpy as np

    x, y = np.array([[1, 2, 3], [4, 5, 6]]), np.array([10, 20, 30])
    found = naive_add_matrix_and_vector(x, y)
    assert found is not None and found is not ..., (
        "`naive_add_matrix_and_vector` returned nothing: fill it in."
    )
    assert np.array_equal(found, [[11, 22, 33], [14, 25, 36]]), (
        f"The sum of {x.tolist()} and {y.tolist()} is {np.asarray(found).tolist()}, expected "
        "[[11, 22, 33], [14, 25, 36]]: the same vector for every row."
    )


# %%
""" # BEGIN TEST CONFIG
points: 0.25
hidden: false
"""  # END TEST CONFIG


def test_naive_sum_refuses_a_vector_that_does_not_fit(naive_add_matrix_and_vector):
    import numpy as np

    naive_add_matrix_and_vector(np.ones((2, 3)), np.ones(3))  # these fit
    for length in (2, 4, 1):
        try:
            naive_add_matrix_and_vector(np.ones((2, 3)), np.ones(length))
        except (ValueError, AssertionError, IndexError, TypeError):
            continue
        raise AssertionError(
            f"Shapes (2, 3) and ({length},) raised no error. Compare the length of y with the "
            "number of columns of x first."
        )


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: true
failure_message: >-
  naive_add_matrix_and_vector is not right for everything that fits, or changes its arguments.
  Think of other shapes, none or one row among them, and of whole numbers plus fractions.
"""  # END TEST CONFIG


def test_naive_sum_of_other_matrices_and_vectors(naive_add_matrix_and_vector):
    import judging

    name = "naive_add_matrix_and_vector"
    judging.check_add_vector(name, naive_add_matrix_and_vector)
    x, y = judging.matrices("broadcast", (4, 3), (3,))
    judging.check_unchanged(name, naive_add_matrix_and_vector, [x, y])


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: true
failure_message: >-
  naive_add_matrix_and_vector leaves the arithmetic to NumPy. Go through rows and columns, take
  single numbers such as x[i, j] and y[j], and let Python compute.
"""  # END TEST CONFIG


def test_naive_sum_computes_in_loops(naive_add_matrix_and_vector):
    import judging

    x, y = judging.matrices("loops", (2, 3), (3,))
    judging.check_naive("naive_add_matrix_and_vector", naive_add_matrix_and_vector, [x, y])


# %%
""" # BEGIN TEST CONFIG
points: 0.25
hidden: false
"""  # END TEST CONFIG


def test_add_vector_of_a_small_matrix(add_vector):
    import numpy as np

    found = add_vector(np.array([[1, 2, 3], [4, 5, 6]]), np.array([10, 20, 30]))
    assert found is not None and found is not ..., "`add_vector` returned nothing: fill it in."
    assert np.array_equal(found, [[11, 22, 33], [14, 25, 36]]), (
        f"add_vector of [[1, 2, 3], [4, 5, 6]] and [10, 20, 30] is {np.asarray(found).tolist()}, "
        "expected [[11, 22, 33], [14, 25, 36]]."
    )


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: true
failure_message: >-
  add_vector is not right for everything that fits, changes its arguments, or has a loop. One
  operator does it.
"""  # END TEST CONFIG


def test_add_vector_of_others_without_a_loop(add_vector):
    import judging

    judging.check_add_vector("add_vector", add_vector)
    x, y = judging.matrices("broadcast", (4, 3), (3,))
    judging.check_unchanged("add_vector", add_vector, [x, y])
    judging.check_vectorised("add_vector", add_vector, [x, y])


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: true
failure_message: >-
  shape_f, shape_g or fits is not right. Write the two shapes below each other, aligned at the
  right: in each column the numbers are the same, or one is 1 or missing.
"""  # END TEST CONFIG


def test_predictions_of_broadcasting(shape_f, shape_g, fits):
    import judging

    judging.check_shapes(shape_f=(shape_f, (128, 10)), shape_g=(shape_g, (5, 3)))
    assert type(fits).__name__ in ("bool", "bool_") and not fits, (
        f"`fits` is {fits!r}, and NumPy says that 4 and 3 do not fit: expected False."
    )


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ## 4. The tensor product
#
# The operation that does the real work in a network is the **product** of two matrices, in NumPy
# `x @ y`. It is *not* element-wise: each entry of the result combines a whole row of the first
# matrix with a whole column of the second. Multiply the numbers in pairs, and add up:
#
# $$(XY)_{ij} = \sum_k X_{ik}\, Y_{kj}$$
#
# So the rows of $X$ must be as long as the columns of $Y$. That length disappears, and the two
# outer ones remain:
#
# $$(a,\ \underline{b}) \;\text{times}\; (\underline{b},\ c) \;\longrightarrow\; (a,\ c)$$

# %%
figure, axes = plt.subplots(1, 3, figsize=(9, 2.4), width_ratios=[3, 4, 4])
left = np.array([[1, 2, 0], [0, 1, 3]])
right = np.array([[1, 0, 2, 1], [2, 1, 0, 1], [0, 4, 1, 1]])
for axis, values, title in zip(
    axes,
    [left, right, left @ right],
    ["X, shape (2, 3)", "Y, shape (3, 4)", "XY, shape (2, 4)"],
    strict=True,
):
    axis.imshow(np.zeros(values.shape), cmap="Blues")
    for (i, j), value in np.ndenumerate(values):
        used = (values is left and i == 1) or (values is right and j == 1)
        used = used or (values is not left and values is not right and (i, j) == (1, 1))
        axis.text(j, i, value, ha="center", va="center", weight="bold" if used else "normal")
        if used:
            axis.add_patch(plt.Rectangle((j - 0.5, i - 0.5), 1, 1, color="orange", alpha=0.5))
    axis.set(title=title, xticks=[], yticks=[])
plt.show()

# %% [markdown]
# The marked 13 is the marked row times the marked column: $0 \cdot 0 + 1 \cdot 1 + 3 \cdot 4$.

# %% [raw]
# # BEGIN QUESTION
# name: q7
# points: 4

# %% [markdown]
# ### Question 7 (4 points)
#
# Write `naive_matmul(x, y)`, the product of two matrices in loops, number by number. Where the
# shapes do not fit, it raises a `ValueError`. Then write `matmul(x, y)`: the same, vectorised.
#
# **Useful:** the formula has three indices, so there are three loops: which of them belongs to the
# sum? A sum begins at 0.

# %% [raw]
# # BEGIN SOLUTION


# %%
# BEGIN SOLUTION NO PROMPT
def naive_matmul(x, y):
    if x.shape[1] != y.shape[0]:
        raise ValueError("the rows of x are not as long as the columns of y")
    result = np.zeros((x.shape[0], y.shape[1]))
    for i in range(x.shape[0]):
        for j in range(y.shape[1]):
            total = 0
            for k in range(x.shape[1]):
                total = total + x[i, k] * y[k, j]
            result[i, j] = total
    return result


def matmul(x, y):
    return x @ y


# END SOLUTION
""" # BEGIN PROMPT
def naive_matmul(x, y):
    # a new matrix: row i of x times column j of y, for all i and j
    ...


def matmul(x, y):
    ...
"""  # END PROMPT

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_naive_product_of_small_matrices(naive_matmul):
    import numpy as np

    x, y = np.array([[1, 2, 0], [0, 1, 3]]), np.array([[1, 0], [2, 1], [0, 4]])
    found = naive_matmul(x, y)
    assert found is not None and found is not ..., "`naive_matmul` returned nothing: fill it in."
    hint = "Entry (i, j) is row i of x times column j of y, added up."
    if np.shape(found) == (2, 3):
        hint = f"That has the shape of x. {hint}"
    elif np.shape(found) == (2, 2) and np.array_equal(found, np.array([[0, 0], [0, 12]])):
        hint = f"Only the last of the products is there: add them up. {hint}"
    assert np.array_equal(found, [[5, 2], [2, 13]]), (
        f"naive_matmul of {x.tolist()} and {y.tolist()} is {np.asarray(found).tolist()}, expected "
        f"[[5, 2], [2, 13]]. {hint}"
    )


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_naive_product_refuses_shapes_that_do_not_fit(naive_matmul):
    import numpy as np

    naive_matmul(np.ones((2, 3)), np.ones((3, 2)))  # these fit
    for shapes in [((2, 2), (3, 2)), ((2, 3), (2, 3)), ((3, 4), (3, 4))]:
        x, y = (np.ones(shape) for shape in shapes)
        try:
            naive_matmul(x, y)
        except (ValueError, AssertionError, IndexError, TypeError):
            continue
        raise AssertionError(
            f"naive_matmul of shapes {shapes[0]} and {shapes[1]} raised no error. Compare the "
            "two inner lengths first."
        )


# %%
""" # BEGIN TEST CONFIG
points: 0.75
hidden: true
failure_message: >-
  naive_matmul is not right for all matrices that fit. Think of other shapes (one row, no row, an
  inner length of 0), of fractions and of negative numbers.
"""  # END TEST CONFIG


def test_naive_product_of_other_matrices(naive_matmul):
    import judging

    judging.check_matmul("naive_matmul", naive_matmul)


# %%
""" # BEGIN TEST CONFIG
points: 0.25
hidden: true
failure_message: >-
  naive_matmul changes its arguments. Put the results into a new array.
"""  # END TEST CONFIG


def test_arguments_of_the_naive_product_are_unchanged(naive_matmul):
    import judging

    x, y = judging.matrices("product", (3, 4), (4, 2))
    judging.check_unchanged("naive_matmul", naive_matmul, [x, y])


# %%
""" # BEGIN TEST CONFIG
points: 0.75
hidden: true
failure_message: >-
  naive_matmul leaves the arithmetic to NumPy. Take single numbers such as x[i, k] and y[k, j], and
  let Python multiply and add them.
"""  # END TEST CONFIG


def test_naive_product_computes_in_loops(naive_matmul):
    import judging

    x, y = judging.matrices("loops", (2, 3), (3, 2))
    judging.check_naive("naive_matmul", naive_matmul, [x, y])


# %%
""" # BEGIN TEST CONFIG
points: 0.25
hidden: false
"""  # END TEST CONFIG


def test_product_of_small_matrices(matmul):
    import numpy as np

    x, y = np.array([[1, 2, 0], [0, 1, 3]]), np.array([[1, 0], [2, 1], [0, 4]])
    found = matmul(x, y)
    assert found is not None and found is not ..., "`matmul` returned nothing: fill it in."
    assert np.array_equal(found, [[5, 2], [2, 13]]), (
        f"matmul of {x.tolist()} and {y.tolist()} is {np.asarray(found).tolist()}, expected "
        "[[5, 2], [2, 13]]."
    )


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: true
failure_message: >-
  matmul is not right for all matrices that fit, changes its arguments, or takes some that do not
  fit. Leave it to NumPy's own product.
"""  # END TEST CONFIG


def test_product_of_other_matrices(matmul):
    import judging

    judging.check_matmul("matmul", matmul)
    x, y = judging.matrices("product", (3, 4), (4, 2))
    judging.check_unchanged("matmul", matmul, [x, y])
    judging.check_refuses("matmul", matmul, [x, y], [x, x], [y, x])


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: true
failure_message: >-
  matmul has a loop, or calls something that has one. Write an expression of whole arrays, in one
  line.
"""  # END TEST CONFIG


def test_product_has_no_loop(matmul):
    import judging

    x, y = judging.matrices("loops", (2, 3), (3, 2))
    judging.check_vectorised("matmul", matmul, [x, y])


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ## 5. Shape and space
#
# ### Reshape and transpose
#
# **Reshaping** keeps the numbers and their order, and only divides them into rows otherwise. The
# count has to stay the same; `-1` stands for *whatever is left*. **Transposing**, `x.T`, makes rows
# of the columns. The two are not the same, even where the shapes agree:

# %%
x = np.array([[1, 2, 3], [4, 5, 6]])

print("x", x.shape, "\n", x)
print("x.reshape((3, 2))\n", x.reshape((3, 2)))
print("x.T\n", x.T)

# %% [markdown]
# ### A product moves points
#
# A point in the plane is a vector of two numbers, and a matrix of shape $(2, 2)$ moves it: $x$
# becomes $Wx$. What a matrix does to *one* point it does to all alike, so that straight lines stay
# straight, and the origin stays where it is. Two that are worth knowing: a **rotation** by the
# angle $\alpha$, and a **scaling**,
#
# $$R = \begin{pmatrix}\cos\alpha & -\sin\alpha\\ \sin\alpha & \cos\alpha\end{pmatrix}
# \qquad\qquad S = \begin{pmatrix}2 & 0\\ 0 & \tfrac12\end{pmatrix}$$
#
# We keep many points as the **rows** of a matrix, as we do with images: `points` has shape
# $(n, 2)$. One row $x$ becomes $Wx$; for all rows at once that is `points @ W.T`. (Try it on paper
# with one point: the transposition is there because our points are rows.)

# %% [raw]
# # BEGIN QUESTION
# name: q8
# points: 2

# %% [markdown]
# ### Question 8 (2 points)
#
# Predict: `shape_h` is the shape of `train_images.reshape((60000, -1)).T`, and `shape_i` that of
# `np.zeros((128, 784)) @ np.zeros((784, 512))`.
#
# And write `rotate(points, degrees)`: it turns all points, shape $(n, 2)$, about the origin,
# against the clock, and returns where they are then, in the same shape. No loop is needed.
#
# **Useful:** `np.deg2rad(degrees)`, `np.cos`, `np.sin`, `np.array([[..., ...], [..., ...]])`.

# %% [raw]
# # BEGIN SOLUTION

# %%
# your predictions, typed in
shape_h = (784, 60000)  # SOLUTION
shape_i = (128, 512)  # SOLUTION


# BEGIN SOLUTION NO PROMPT
def rotate(points, degrees):
    angle = np.deg2rad(degrees)
    R = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return points @ R.T


# END SOLUTION
""" # BEGIN PROMPT
def rotate(points, degrees):
    # make the matrix R, then move all points at once
    ...
"""  # END PROMPT

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: true
failure_message: >-
  shape_h or shape_i is not right. -1 stands for as many as are left, .T exchanges the two axes, and
  in a product the inner length disappears.
"""  # END TEST CONFIG


def test_predictions_of_reshape_and_product(shape_h, shape_i):
    import judging

    judging.check_shapes(shape_h=(shape_h, (784, 60000)), shape_i=(shape_i, (128, 512)))


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_a_quarter_turn(rotate):
    import numpy as np

    points = np.array([[1.0, 0.0], [0.0, 2.0], [3.0, 1.0]])
    found = rotate(points, 90)
    assert found is not None and found is not ..., "`rotate` returned nothing: fill it in."
    assert np.shape(found) == (3, 2), (
        f"rotate of three points has shape {np.shape(found)}, expected (3, 2): one row for each."
    )
    expected = np.array([[0, 1], [-2, 0], [-1, 3]])
    hint = "A quarter of a turn against the clock takes (1, 0) to (0, 1)."
    if np.allclose(found, -expected):
        hint = f"That is with the clock. Points are rows here: look at the transposition. {hint}"
    elif np.allclose(
        found, points @ np.array([[np.cos(90), np.sin(90)], [-np.sin(90), np.cos(90)]])
    ):
        hint = f"np.cos and np.sin take radians. {hint}"
    assert np.allclose(found, expected), (
        f"rotate of {points.tolist()} by 90 degrees is {np.round(found, 3).tolist()}, expected "
        f"{expected.tolist()}. {hint}"
    )


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: true
failure_message: >-
  rotate is not right for all points and angles. Think of no point at all, of whole numbers, and of
  angles that are negative or more than one turn.
"""  # END TEST CONFIG


def test_other_points_and_angles(rotate):
    import judging

    judging.check_rotate(rotate)


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: true
failure_message: >-
  rotate changes the points that it is given, or has a loop. One product moves all points at once,
  into a new array.
"""  # END TEST CONFIG


def test_rotate_has_no_loop_and_leaves_the_points_alone(rotate):
    import judging

    arguments = [*judging.matrices("points", (5, 2)), 30]
    judging.check_unchanged("rotate", rotate, arguments)
    judging.check_vectorised("rotate", rotate, arguments)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# With it you can see what a whole layer does to space. A product turns and stretches, a bias moves
# everything the same way, and relu *folds*: whatever would be negative is pressed onto an axis.
# Without relu all layers together were just one more turning and stretching. It is the folds that
# let a network pull apart what lay together.

# %%
theta = np.linspace(0, 2 * np.pi, 120)
ring = np.stack([np.cos(theta), np.sin(theta)], axis=1)
corners = np.array([[0, 0], [1, 0], [1, 0.25], [0.25, 0.25], [0.25, 1], [0, 1], [0, 0]])
shape = np.concatenate([corners, ring])
S = np.array([[2, 0], [0, 0.5]])

turned = rotate(shape, 30)
steps = (
    {"x": shape}
    if turned is None or turned is ...
    else {
        "$x$": shape,
        "$Rx$, a rotation": turned,
        "$SRx$, and a scaling": turned @ S.T,
        "$SRx + b$, and a shift": turned @ S.T + [0.5, 0.1],
        "relu$(SRx + b)$": np.maximum(turned @ S.T + [0.5, 0.1], 0),
    }
)
figure, axes = plt.subplots(1, 5, figsize=(11, 2.6), sharex=True, sharey=True)
for axis, (title, points) in zip(axes, steps.items(), strict=False):
    axis.plot(*points[:7].T)
    axis.plot(*points[7:].T, "--")
    axis.set(title=title, aspect="equal", xlim=(-2.6, 2.9), ylim=(-2, 2))
    axis.grid(alpha=0.4)
plt.tight_layout()
plt.show()

# %% [markdown]
# ## 6. The network, by hand
#
# A **dense layer** with relu is now one line of what you have written:
#
# $$\text{dense}(x) = \text{relu}(Wx + b)$$
#
# for one image $x$. For a whole batch the images are rows, and the weights stand in a matrix `W`
# of shape (inputs, units), as Keras keeps them. So the layer is `relu(x @ W + b)`: a tensor
# product, a broadcast sum, an element-wise maximum.
#
# `network.npz` came with this notebook. It holds the weights of a network that was trained as in
# the first lesson, 784 → 512 → 10, and the digits that Keras' `predict` reads with them in the ten
# thousand test images. *(On Google Colab, upload it first: the folder symbol on the left.)*

# %%
with np.load("network.npz") as network:
    W1, b1, W2, b2 = (network[name].astype("float32") for name in ("W1", "b1", "W2", "b2"))
    digits_of_predict = network["digits"]

print("first layer: ", W1.shape, b1.shape)
print("second layer:", W2.shape, b2.shape)

# %% [raw]
# # BEGIN QUESTION
# name: q9
# points: 3

# %% [markdown]
# ### Question 9 (3 points)
#
# Write `dense(x, W, b)`, a dense layer with relu for a batch `x` whose rows are examples. Then
# write `read(images, W1, b1, W2, b2)`, which takes grey levels as they are in `test_images`, of
# shape $(n, \text{rows}, \text{columns})$, and returns the digit that the network reads in each, of
# shape $(n,)$:
#
# 1. one row for each image, divided by 255, as in the first lesson;
# 2. the first layer, with relu;
# 3. the second layer **without** relu: ten scores for each image;
# 4. the place of the largest score. (Softmax would make probabilities of the scores. The largest
#    stays the largest, so it can be left out here.)
#
# Read the test images with it, as `predicted_digits`. All in NumPy, without a loop.
#
# **Useful:** `np.maximum(..., 0)`, `@`, `scores.argmax(axis=1)`.

# %% [raw]
# # BEGIN SOLUTION


# %%
# BEGIN SOLUTION NO PROMPT
def dense(x, W, b):
    return np.maximum(x @ W + b, 0)


def read(images, W1, b1, W2, b2):
    x = images.reshape((len(images), -1)) / 255
    scores = dense(x, W1, b1) @ W2 + b2
    return scores.argmax(axis=1)


# END SOLUTION
""" # BEGIN PROMPT
def dense(x, W, b):
    # relu(x W + b)
    ...


def read(images, W1, b1, W2, b2):
    # from grey levels to digits, in four steps
    ...
"""  # END PROMPT


# predicted_digits: what the network reads in test_images, shape (10000,)
predicted_digits = read(test_images, W1, b1, W2, b2)  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_a_small_dense_layer(dense):
    import numpy as np

    x, W = np.array([[1.0, 2.0], [3.0, -1.0]]), np.array([[1.0, 0.0, -1.0], [0.5, 2.0, 1.0]])
    b = np.array([0.5, -1.0, 1.0])
    found = dense(x, W, b)
    assert found is not None and found is not ..., "`dense` returned nothing: fill it in."
    hint = "First the product, then the biases, then relu."
    if np.shape(found) == (2, 3) and np.allclose(found, x @ W + b):
        hint = f"There are negative numbers: relu is missing. {hint}"
    elif np.shape(found) == (2, 3) and np.allclose(found, np.maximum(x @ W, 0) + b):
        hint = f"The biases came after relu. {hint}"
    assert np.shape(found) == (2, 3) and np.allclose(found, [[2.5, 3, 2], [3, 0, 0]]), (
        f"dense of a batch of two examples is {np.round(found, 3).tolist()}, expected "
        f"[[2.5, 3, 2], [3, 0, 0]]. {hint}"
    )


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: true
failure_message: >-
  dense is not right for layers of all sizes. It has to work for any number of examples, inputs and
  units.
"""  # END TEST CONFIG


def test_other_dense_layers(dense):
    import judging

    judging.check_dense(dense)


# %%
""" # BEGIN TEST CONFIG
points: 0.25
hidden: false
"""  # END TEST CONFIG


def test_predicted_digits_are_10000_digits(predicted_digits):
    import numpy as np

    digits = np.asarray(predicted_digits)
    hint = "Use argmax(axis=1): the largest in each row."
    assert digits.shape == (10000,), (
        f"`predicted_digits` has shape {digits.shape}, expected (10000,): one for each image. "
        f"{hint}"
    )
    assert digits.dtype.kind in "fiu" and np.isin(digits, range(10)).all(), (
        f"`predicted_digits` must hold whole numbers from 0 to 9. {hint}"
    )


# %%
""" # BEGIN TEST CONFIG
points: 0.75
hidden: true
failure_message: >-
  read is not right for other images and other networks. Are the images rows, divided by 255? Is
  relu applied to the first layer, and to the first only? Are all sizes taken from the arguments?
"""  # END TEST CONFIG


def test_read_with_other_networks(read):
    import judging

    judging.check_read(read)


# %%
""" # BEGIN TEST CONFIG
points: 0.75
hidden: true
failure_message: >-
  predicted_digits are not what this network reads in test_images. Call read with test_images and
  the weights from network.npz.
"""  # END TEST CONFIG


def test_predicted_digits_are_those_of_the_network(predicted_digits, test_images, W1, b1, W2, b2):
    import judging

    judging.check_predicted(predicted_digits, test_images, W1, b1, W2, b2)


# %%
""" # BEGIN TEST CONFIG
points: 0.25
hidden: true
failure_message: >-
  dense or read has a loop, or calls something that has one. Whole batches go through in one
  expression.
"""  # END TEST CONFIG


def test_the_network_has_no_loop(dense, read):
    import judging

    images, *weights = judging.matrices("loops", (2, 2, 3), (6, 4), (4,), (4, 3), (3,))
    judging.check_vectorised("dense", dense, [images[:, 0], weights[0][:3], weights[1]])
    judging.check_vectorised("read", read, [images, *weights])


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %%
if predicted_digits is ... or predicted_digits is None:
    print("Here you see how well the network reads when you have filled in question 9.")
else:
    print("the same as Keras' predict:", np.mean(predicted_digits == digits_of_predict))
    print("right:                     ", np.mean(predicted_digits == test_labels))

# %% [markdown]
# ## What you have done
#
# You took tensors apart and put them together again. You wrote relu, addition, broadcasting and
# the matrix product number by number, saw what that costs, and then read ten thousand digits with
# three lines of NumPy: exactly those that Keras reads. There is nothing else in a dense network.
#
# One thing was given to you, though: the weights. Where they come from is the next lesson.
