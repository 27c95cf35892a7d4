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
#           named `mnist_` and the date. Hand in the newest zip.
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
# # Your first neural network
#
# In this notebook you build a program that reads handwritten digits. You will not write a single
# rule about loops, strokes or corners: you show a network 60,000 examples, and it finds the rules
# by itself. Half an hour from now it reads about 98 of 100 digits that it has never seen.
#
# **You will learn**
#
# - what a *tensor* of images is, and how to prepare one for a network;
# - how *layers* turn an image into ten probabilities;
# - what a *loss*, an *optimiser* and a *metric* do during training;
# - why you measure a network *before* training as well as after;
# - why it does better on the images it has seen: *overfitting*.
#
# Every machine-learning project walks the same road: **prepare** the data, **train** a model,
# **predict** with it. So does this notebook.
#
# **How it works.** Run the cells from top to bottom, each with *Shift + Enter*. Where you see
# `...`, replace it with your own code. The `grader.check` cell below each question tells you at
# once what is right, and what is not yet. There are nine questions and 24 points. Some tests run
# only when your work is graded. At the end it says how to hand in.
#
# First, three cells that prepare the notebook itself. They need no change.

# %%
import keras
import matplotlib.pyplot as plt
import numpy as np
from keras.datasets import mnist

# %% [markdown]
# *Lines about CUDA or CPU instructions are harmless: a network as small as ours needs no graphics
# card.*
#
# ## 1. Prepare
#
# ### Images are tensors
#
# MNIST is a collection of 70,000 handwritten digits, cut out, centred and labelled by hand. It
# comes in two sets: one to *train* on, and one to *test* on that the network never sees while it
# learns. The first time, the next cell downloads 11 MB.

# %%
(raw_train_images, raw_train_labels), (raw_test_images, raw_test_labels) = mnist.load_data()

print("training:", raw_train_images.shape, raw_train_labels.shape)
print("test:    ", raw_test_images.shape, raw_test_labels.shape)
print("numbers: ", raw_train_images.dtype, raw_train_images.min(), "to", raw_train_images.max())

# %% [markdown]
# An array with any number of axes is called a **tensor**. A number is a tensor with no axes, a
# vector has one, a matrix two. `raw_train_images` has three:
#
# $$\text{shape} = (\underbrace{60000}_{\text{which image}},\
# \underbrace{28}_{\text{which row}},\ \underbrace{28}_{\text{which column}})$$
#
# The first axis counts the examples. That is so in nearly every tensor you will meet. So
# `raw_train_images[4]` is one image: 28 rows of 28 numbers, from 0 (paper) to 255 (ink). Look at
# the numbers, with a little distance to the screen:

# %%
for row in raw_train_images[4]:
    print(" ".join(f"{pixel:3d}" if pixel else "  ." for pixel in row))

# %% [markdown]
# And the same numbers as grey levels, with some of its neighbours:

# %%
figure, axes = plt.subplots(1, 6, figsize=(9, 2))
for index, axis in enumerate(axes, start=4):
    axis.imshow(raw_train_images[index], cmap="gray_r")
    axis.set_title(f"label {raw_train_labels[index]}")
    axis.axis("off")
plt.show()

# %% [markdown]
# ### From pictures to rows
#
# The network of this lesson takes its input as a *vector*. So we lay the 28 rows of each image end
# to end: $28 \times 28 = 784$ numbers. And it learns best from small numbers, so we divide by the
# largest grey level:
#
# $$x = \frac{\text{pixel}}{255} \in [0, 1]$$
#
# Integers cannot hold such fractions. Networks compute with 32-bit floating-point numbers,
# `float32`: as precise as they need, in half the memory of NumPy's usual `float64`.

# %% [raw]
# # BEGIN QUESTION
# name: q1
# points: 3

# %% [markdown]
# ### Question 1 (3 points)
#
# Make `train_images` and `test_images`: one row of 784 numbers for each image, of dtype `float32`,
# between 0 and 1.
#
# **Useful:** `array.reshape(...)`, `array.astype("float32")`. Always start from the raw arrays:
# then you can run the cell twice without harm.

# %% [raw]
# # BEGIN SOLUTION

# %%
# train_images: shape (60000, 784), made from raw_train_images
train_images = raw_train_images.reshape((60000, 784)).astype("float32") / 255  # SOLUTION
# test_images: shape (10000, 784), made from raw_test_images
test_images = raw_test_images.reshape((10000, 784)).astype("float32") / 255  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_shapes_are_60000_784_and_10000_784(train_images, test_images):
    import numpy as np

    for name, images, count in [
        ("train_images", train_images, 60000),
        ("test_images", test_images, 10000),
    ]:
        shape = np.shape(images)
        hint = f"Use raw_{name}.reshape(({count}, 784))."
        if shape == (count, 28, 28):
            hint = f"Each image is still a square. {hint}"
        elif shape[:1] in [(60000,), (10000,)] and shape[0] != count:
            hint = f"Are training and test images exchanged? {hint}"
        assert shape == (count, 784), f"`{name}` has shape {shape}, expected {(count, 784)}. {hint}"


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_dtype_is_float32(train_images, test_images):
    import numpy as np

    for name, images in [("train_images", train_images), ("test_images", test_images)]:
        dtype = str(np.asarray(images).dtype)
        hint = 'Convert with .astype("float32").'
        if dtype == "uint8":
            hint = f"These are still whole numbers. {hint}"
        elif dtype == "float64":
            hint = f"This is twice the memory, for precision that a network cannot use. {hint}"
        assert dtype == "float32", f"`{name}` has dtype {dtype}, expected float32. {hint}"


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_pixels_reach_from_0_to_1(train_images, test_images):
    import numpy as np

    for name, images in [("train_images", train_images), ("test_images", test_images)]:
        pixels = np.asarray(images)
        assert pixels.size and pixels.dtype.kind in "fiu", f"`{name}` holds no numbers."
        low, high = float(pixels.min()), float(pixels.max())
        hint = "Divide the raw images by 255."
        if 0 < high < 0.5:
            hint = "Divided by 255 twice? Begin with the raw images, not with your own result."
        elif low < 0:
            hint = "The raw pixels begin at 0: divide by 255 and subtract nothing."
        elif high > 200:
            hint = "The images are not divided by 255 yet."
        elif np.isnan(high):
            hint = "There are values that are no numbers (NaN). Begin with the raw images."
        right = abs(low) < 0.001 and abs(high - 1) < 0.001
        assert right, f"`{name}` reaches from {low:.4g} to {high:.4g}, expected 0 to 1. {hint}"


# %%
""" # BEGIN TEST CONFIG
points: 0.75
hidden: true
failure_message: >-
  train_images are not the true training images. Begin with raw_train_images, keep the order of
  the images and of the pixels, and divide by 255 once.
"""  # END TEST CONFIG


def test_train_images_are_the_true_ones(train_images):
    import judging

    judging.check_images("train", train_images)


# %%
""" # BEGIN TEST CONFIG
points: 0.75
hidden: true
failure_message: >-
  test_images are not the true test images. Begin with raw_test_images, keep the order of the
  images and of the pixels, and divide by 255 once.
"""  # END TEST CONFIG


def test_test_images_are_the_true_ones(test_images):
    import judging

    judging.check_images("test", test_images)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### From digits to rows
#
# The labels are digits. But a 4 is not "twice as much" as a 2: they are names, not quantities. So
# we give each digit a place of its own. Its **one-hot** form is a row of ten numbers, 1 at the
# place of the digit and 0 elsewhere:
#
# $$4 \;\longmapsto\; (0,\,0,\,0,\,0,\,1,\,0,\,0,\,0,\,0,\,0)$$
#
# Read it as probabilities: "certainly a 4". The network will answer in the same form, less sure of
# itself.

# %% [raw]
# # BEGIN QUESTION
# name: q2
# points: 2

# %% [markdown]
# ### Question 2 (2 points)
#
# Make `train_labels` and `test_labels`: the one-hot form of the raw labels, one row of ten numbers
# for each image.
#
# **Useful:** `keras.utils.to_categorical(digits, 10)`.

# %% [raw]
# # BEGIN SOLUTION

# %%
# train_labels: shape (60000, 10), made from raw_train_labels
train_labels = keras.utils.to_categorical(raw_train_labels, 10)  # SOLUTION
# test_labels: shape (10000, 10), made from raw_test_labels
test_labels = keras.utils.to_categorical(raw_test_labels, 10)  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_shapes_are_60000_10_and_10000_10(train_labels, test_labels):
    import numpy as np

    for name, labels, count in [
        ("train_labels", train_labels, 60000),
        ("test_labels", test_labels, 10000),
    ]:
        shape = np.shape(labels)
        hint = f"Use keras.utils.to_categorical(raw_{name}, 10)."
        if shape == (count,):
            hint = f"These are still digits. {hint}"
        elif len(shape) == 3:
            hint = f"Encoded twice? Begin with the raw labels. {hint}"
        elif len(shape) == 2 and shape[0] == count:
            hint = f"There are ten digits, so ten columns. {hint}"
        elif shape[:1] in [(60000,), (10000,)]:
            hint = f"Are training and test labels exchanged? {hint}"
        assert shape == (count, 10), f"`{name}` has shape {shape}, expected {(count, 10)}. {hint}"


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_each_row_has_a_single_1(train_labels, test_labels):
    import numpy as np

    for name, labels in [("train_labels", train_labels), ("test_labels", test_labels)]:
        rows = np.asarray(labels)
        hint = f"Use keras.utils.to_categorical(raw_{name}, 10)."
        if rows.ndim == 3:
            hint = f"Encoded twice? Begin with the raw labels. {hint}"
        assert rows.ndim == 2, (
            f"`{name}` has {rows.ndim} axes, expected 2: one row for each image. {hint}"
        )
        assert ((rows == 0) | (rows == 1)).all(), f"`{name}` must hold only 0 and 1. {hint}"
        wrong = int((rows.sum(axis=1) != 1).sum())
        assert wrong == 0, f"{wrong} rows of `{name}` do not have exactly one 1. {hint}"


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: true
failure_message: >-
  train_labels are not the one-hot form of the true training labels. Encode raw_train_labels in
  its order, with ten columns.
"""  # END TEST CONFIG


def test_train_labels_are_the_true_ones(train_labels):
    import judging

    judging.check_labels("train", train_labels)


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: true
failure_message: >-
  test_labels are not the one-hot form of the true test labels. Encode raw_test_labels in its
  order, with ten columns.
"""  # END TEST CONFIG


def test_test_labels_are_the_true_ones(test_labels):
    import judging

    judging.check_labels("test", test_labels)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ## 2. Build
#
# ### A layer transforms data
#
# A **dense layer** takes a vector $x$ and returns another one:
#
# $$y = f(Wx + b)$$
#
# Each of its *units* adds up all inputs, each times a weight of its own (a row of the matrix $W$),
# plus a bias (an entry of $b$). The *activation* $f$ bends the result. Without it, two layers would
# be no more than one: a matrix times a matrix is a matrix.
#
# Ours has two layers, and each has a task:
#
# - 512 units with **relu**, $f(z) = \max(0, z)$. A unit stays silent unless its weighted sum is
#   positive: it answers to one pattern in the image.
# - 10 units with **softmax**, one for each digit:
#
# $$p_k = \frac{e^{z_k}}{e^{z_0} + e^{z_1} + \dots + e^{z_9}}$$
#
# Softmax makes ten positive numbers that add up to 1. We read $p_k$ as *the probability that the
# image shows the digit* $k$.
#
# One after the other, they are the whole network:
#
# $$\underbrace{x}_{784\ \text{pixels}}
# \;\xrightarrow{\ \text{dense, relu}\ }\; \underbrace{h}_{512\ \text{numbers}}
# \;\xrightarrow{\ \text{dense, softmax}\ }\; \underbrace{p}_{10\ \text{probabilities}}$$
#
# The next cell shows what softmax does to ten sums: it favours the largest.

# %%
sums = np.array([0.5, -1.0, 0.0, 2.0, 4.0, 0.3, -2.0, 1.0, 0.0, 2.5])
softmax_of_sums = np.exp(sums) / np.exp(sums).sum()

figure, axes = plt.subplots(1, 2, figsize=(9, 2.6))
axes[0].bar(range(10), sums)
axes[0].set(title="ten weighted sums $z_k$ ...", xlabel="unit $k$", xticks=range(10))
axes[1].bar(range(10), softmax_of_sums)
axes[1].set(title="... and their softmax $p_k$", xlabel="digit $k$", xticks=range(10))
plt.tight_layout()
plt.show()

# %% [raw]
# # BEGIN QUESTION
# name: q3
# points: 4

# %% [markdown]
# ### Question 3 (4 points)
#
# Make `network`: a Keras model that takes 784 numbers and has two dense layers, the first of 512
# units with relu, the second of 10 units with softmax.
#
# **Useful:** `keras.Sequential([...])`, `keras.Input(shape=...)`, `keras.layers.Dense(units,
# activation=...)`. How many weights and biases will that be? Work it out, then compare it with the
# summary below.

# %% [raw]
# # BEGIN SOLUTION

# %%
# network: 784 inputs, then 512 units with relu, then 10 units with softmax
# BEGIN SOLUTION NO PROMPT
network = keras.Sequential(
    [
        keras.Input(shape=(784,)),
        keras.layers.Dense(512, activation="relu"),
        keras.layers.Dense(10, activation="softmax"),
    ]
)
# END SOLUTION
""" # BEGIN PROMPT
network = ...
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


def test_network_is_a_keras_model(network):
    import keras

    assert isinstance(network, keras.Model), (
        f"`network` is of type {type(network).__name__}, expected a Keras model. Use "
        "keras.Sequential([...])."
    )


# %%
""" # BEGIN TEST CONFIG
points: 0.25
hidden: false
"""  # END TEST CONFIG


def test_it_has_two_dense_layers_and_nothing_else_that_learns(network):
    assert hasattr(network, "layers"), (
        f"`network` is of type {type(network).__name__}, expected a Keras model."
    )
    # What a functional model computes between its layers is part of it, too.
    kinds = [type(part).__name__ for part in getattr(network, "operations", network.layers)]
    assert kinds.count("Dense") == 2, (
        f"`network` has {kinds.count('Dense')} dense layers ({', '.join(kinds) or 'no layer'}), "
        "expected 2. Running network.add(...) twice adds a layer twice: make the network anew."
    )
    harmless = {
        "InputLayer",
        "Dense",
        "Activation",
        "ReLU",
        "Relu",
        "Softmax",
        "Flatten",
        "Reshape",
    }
    # Before the first dense layer the pixels may be scaled.
    scaling = {"Add", "Subtract", "Multiply", "Divide", "TrueDivide"}
    first = kinds.index("Dense")
    others = [kind for kind in kinds[:first] if kind not in harmless | scaling]
    others += [kind for kind in kinds[first:] if kind not in harmless]
    assert not others, (
        f"`network` also has {', '.join(others)}, expected two dense layers and nothing else."
    )


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_units_are_512_then_10(network):
    assert hasattr(network, "layers"), (
        f"`network` is of type {type(network).__name__}, expected a Keras model."
    )
    units = [layer.units for layer in network.layers if type(layer).__name__ == "Dense"]
    assert units == [512, 10], (
        f"The dense layers have {units} units, expected [512, 10]: 512 to find patterns, then one "
        "for each digit."
    )


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_activations_are_relu_then_softmax(network):
    assert hasattr(network, "layers"), (
        f"`network` is of type {type(network).__name__}, expected a Keras model."
    )

    def name_of(activation):
        name = getattr(activation, "__name__", type(activation).__name__).lower()
        return "softmax" if name == "softmax_v2" else name

    # An activation may be part of its layer or a layer of its own.
    found = []
    for layer in getattr(network, "operations", network.layers):
        kind = type(layer).__name__
        if kind == "Dense":
            found.append([])
        if found and kind in ("Dense", "Activation"):
            found[-1].append(name_of(layer.activation))
        elif found and kind.lower() in ("relu", "softmax"):
            found[-1].append(kind.lower())
    found = [" + ".join(name for name in names if name != "linear") or "none" for names in found]
    hint = 'Use Dense(512, activation="relu") and Dense(10, activation="softmax").'
    if found == ["relu", "none"]:
        hint = f"Without softmax the outputs are no probabilities. {hint}"
    elif found == ["none", "softmax"]:
        hint = f"Without relu the two layers can do no more than one. {hint}"
    assert found == ["relu", "softmax"], (
        f"The activations are {', then '.join(found) or 'none'}, expected relu, then softmax. "
        f"{hint}"
    )


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_it_takes_784_inputs(network):
    assert hasattr(network, "layers"), (
        f"`network` is of type {type(network).__name__}, expected a Keras model."
    )
    shape = getattr(network, "input_shape", None)
    assert shape is not None, (
        "`network` does not know yet how many inputs it has. Begin it with "
        "keras.Input(shape=(784,))."
    )
    assert list(shape)[1:] == [784], (
        f"`network` takes inputs of shape {shape}, expected (None, 784), where None stands for any "
        "number of images. Begin it with keras.Input(shape=(784,))."
    )


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: >-
  The network does not have the number of weights and biases that two dense layers of 512 and 10
  units on 784 inputs have. Look at the sizes of its layers.
"""  # END TEST CONFIG


def test_it_has_407050_parameters(network):
    import judging

    judging.check_parameters(network, 784 * 512 + 512 + 512 * 10 + 10)


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: >-
  The ten outputs for an image are not probabilities that add up to 1. Look at the units and the
  activation of the last layer.
"""  # END TEST CONFIG


def test_outputs_are_a_probability_distribution(network):
    import judging

    judging.check_distribution(network)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %%
if network is ...:
    print("The summary of your network appears here when you have filled in question 3.")
else:
    network.summary()

# %% [markdown]
# ### What training needs
#
# A new network has random weights. Training changes them, a little at a time. Three things have to
# be settled first; Keras calls this *compiling*.
#
# **Loss**: one number that says how bad the answers are. For probabilities it is the
# *categorical cross-entropy*. For one image with one-hot label $y$ and answer $p$,
#
# $$L = -\sum_{k=0}^{9} y_k \ln p_k = -\ln p_{\text{right digit}}$$
#
# All terms but one vanish. Sure and right costs nothing; sure and wrong costs a lot:

# %%
p = np.linspace(0.005, 1, 200)

plt.figure(figsize=(5, 2.6))
plt.plot(p, -np.log(p))
plt.xlabel("probability given to the right digit")
plt.ylabel("loss")
plt.show()

# %% [markdown]
# **Optimiser**: how to change the weights. All of them follow the *gradient*: they ask of each
# weight whether the loss would fall if it grew or if it shrank, and take a small step that way.
# *RMSprop* adapts the size of the step to each weight.
#
# **Metric**: what you want to know yourself. *Accuracy* is the share of images whose most probable
# digit is the right one. It does not steer the training: it changes in jumps, and a jump has no
# gradient. That is why you need a loss as well.

# %% [raw]
# # BEGIN QUESTION
# name: q4
# points: 3

# %% [markdown]
# ### Question 4 (3 points)
#
# Compile `network` with the RMSprop optimiser, the categorical cross-entropy as its loss, and
# accuracy as its metric.
#
# **Useful:** `network.compile(optimizer=..., loss=..., metrics=[...])`. Keras knows each of the
# three by a name, such as `"rmsprop"`.

# %% [raw]
# # BEGIN SOLUTION

# %%
# call network.compile with an optimizer, a loss and a list of metrics
# BEGIN SOLUTION
network.compile(optimizer="rmsprop", loss="categorical_crossentropy", metrics=["accuracy"])
# END SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 0.25
hidden: false
"""  # END TEST CONFIG


def test_network_is_compiled(network):
    assert getattr(network, "compiled", False), (
        "`network` is not compiled yet, expected a call of network.compile(...) in the cell above. "
        "Whenever you make the network anew, compile it again."
    )


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_loss_is_categorical_crossentropy(network):
    assert getattr(network, "compiled", False), (
        "`network` is not compiled: call network.compile(...) in the cell above."
    )
    loss = network.get_compile_config().get("loss")
    while isinstance(loss, (list, tuple)) and len(loss) == 1:
        loss = loss[0]
    config = loss.get("config") if isinstance(loss, dict) else None
    name = loss.get("class_name") if isinstance(config, dict) else config or loss
    hint = 'Write loss="categorical_crossentropy".'
    short = str(name).replace("_", "").lower()
    if short.startswith("sparse"):
        hint = f"The sparse loss is for labels that are digits; yours are one-hot. {hint}"
    elif short.startswith("binary"):
        hint = f"The binary loss is for yes or no; there are ten digits. {hint}"
    assert short == "categoricalcrossentropy", (
        f"The loss is {name}, expected categorical_crossentropy. {hint}"
    )
    if isinstance(config, dict) and config.get("from_logits") and network.layers:
        last = network.layers[-1]
        last = getattr(last, "activation", last)
        last = getattr(last, "__name__", type(last).__name__).lower()
        assert not last.startswith("softmax"), (
            "The loss has from_logits=True, which means outputs before softmax, but the last layer "
            "already has softmax. Expected one of the two: leave out from_logits."
        )


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_optimizer_is_rmsprop(network):
    assert getattr(network, "compiled", False), (
        "`network` is not compiled: call network.compile(...) in the cell above."
    )
    found = type(network.optimizer).__name__
    assert found == "RMSprop", (
        f'The optimizer is {found}, expected RMSprop. Write optimizer="rmsprop".'
    )


# %%
""" # BEGIN TEST CONFIG
points: 0.25
hidden: false
"""  # END TEST CONFIG


def test_accuracy_is_measured(network):
    assert getattr(network, "compiled", False), (
        "`network` is not compiled: call network.compile(...) in the cell above."
    )
    config = network.get_compile_config()

    def names_in(metrics):
        if isinstance(metrics, str):
            return [metrics.lower()]
        if isinstance(metrics, dict) and "class_name" in metrics:
            inner = metrics.get("config")
            return [inner if isinstance(inner, str) else metrics["class_name"]]
        if isinstance(metrics, dict):
            metrics = list(metrics.values())
        return [name for metric in metrics or [] for name in names_in(metric)]

    found = names_in(config.get("metrics")) + names_in(config.get("weighted_metrics"))
    right = {"accuracy", "acc", "categorical_accuracy", "categoricalaccuracy"}
    hint = 'Write metrics=["accuracy"].'
    if "Accuracy" in found:
        hint = (
            "keras.metrics.Accuracy() counts outputs that equal the labels exactly, which "
            f"probabilities never do. {hint}"
        )
    elif config.get("loss_weights"):
        hint = f"The third argument of compile is loss_weights: name your arguments. {hint}"
    assert right & {"" if name == "Accuracy" else name.lower() for name in found}, (
        f"The metrics are {', '.join(found) or 'none'}, expected accuracy. {hint}"
    )


# %%
""" # BEGIN TEST CONFIG
points: 1.5
hidden: true
failure_message: >-
  A fresh copy of your network does not learn: ten small training steps do not lower its loss. The
  loss has to fit one-hot labels and outputs that are probabilities.
"""  # END TEST CONFIG


def test_it_learns(network):
    import judging

    judging.check_learns(network)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ### The baseline
#
# How good is a network that has learned nothing? It guesses. There are ten digits, so you expect
# it to be right about once in ten times: an accuracy near $\frac{1}{10}$. And if it gave each digit
# the probability $\frac{1}{10}$, its loss would be $-\ln\frac{1}{10} \approx 2.30$.
#
# Measure it. A number means little until you know what *no skill at all* would score. And it is a
# test of your own work: had it 0.5 now, you would know that something is wrong.

# %% [raw]
# # BEGIN QUESTION
# name: q5
# points: 2
# all_or_nothing: true

# %% [markdown]
# ### Question 5 (2 points)
#
# Before any training, evaluate `network` on the test set. Keep its loss as `untrained_loss` and its
# accuracy as `untrained_acc`.
#
# **Useful:** `network.evaluate(images, labels)` returns the loss and the metric, in this order.

# %% [raw]
# # BEGIN SOLUTION

# %%
# evaluate the untrained network on test_images and test_labels
# BEGIN SOLUTION NO PROMPT
untrained_loss, untrained_acc = network.evaluate(test_images, test_labels, verbose=0)
# END SOLUTION
""" # BEGIN PROMPT
untrained_loss = ...
untrained_acc = ...
"""  # END PROMPT

print("untrained: loss", untrained_loss, "accuracy", untrained_acc)

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_loss_and_accuracy_are_numbers(untrained_loss, untrained_acc):
    import numpy as np

    for name, value in [("untrained_loss", untrained_loss), ("untrained_acc", untrained_acc)]:
        value = np.asarray(value)
        assert value.size == 1 and value.dtype.kind in "fiu", (
            f"`{name}` must be one number. network.evaluate returns two: the loss and the accuracy."
        )
    accuracy = float(np.asarray(untrained_acc).reshape(()))
    hint = "evaluate returns the loss first, then the accuracy."
    if float(np.asarray(untrained_loss).reshape(())) > 1 and accuracy > 5:
        hint = "It is a share, not a percentage."
    assert 0 <= accuracy <= 1, (
        f"`untrained_acc` is {accuracy:.4g}, expected a number between 0 and 1. {hint}"
    )


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_accuracy_is_near_one_tenth(untrained_acc):
    import numpy as np

    value = np.asarray(untrained_acc)
    assert value.size == 1 and value.dtype.kind in "fiu", "`untrained_acc` must be one number."
    accuracy = float(value.reshape(()))
    hint = "The network answers nearly at random now."
    if 0.25 < accuracy <= 1:
        hint = (
            "Was it trained already? Run the notebook again from question 3 on, and evaluate "
            "before `fit`."
        )
    # judging.UNTRAINED_ACCURACY says where these limits come from.
    assert 0.01 <= accuracy <= 0.25, (
        f"`untrained_acc` is {accuracy:.4g}, expected about 0.1 (0.01 to 0.25). {hint}"
    )


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: true
failure_message: >-
  untrained_loss and untrained_acc are not what this network scores on the test set at this point.
  Take both from network.evaluate(test_images, test_labels).
"""  # END TEST CONFIG


def test_they_are_what_this_network_scores(network, untrained_loss, untrained_acc):
    import judging

    judging.check_accuracy(network, "test", "untrained_acc", untrained_acc)
    judging.check_loss(network, "test", "untrained_loss", untrained_loss)


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: true
failure_message: >-
  The network is not untrained at this point. Run the notebook again from question 3 on, and
  evaluate before fit.
"""  # END TEST CONFIG


def test_network_is_untrained(network):
    import judging

    judging.check_untrained(network)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ## 3. Train
#
# Now the network learns, in small portions. It takes a **mini-batch** of 128 images, answers,
# computes the loss and its gradient, and moves every weight one small step. Then the next 128:
#
# $$\lceil 60000 / 128 \rceil = 469 \text{ steps}$$
#
# and it has seen every image once. That is one **epoch**. One is not enough: we run five.
#
# Why not all 60,000 at once? Because 469 rough steps lead further than one exact step, at the same
# cost.

# %% [raw]
# # BEGIN QUESTION
# name: q6
# points: 3
# all_or_nothing: true

# %% [markdown]
# ### Question 6 (3 points)
#
# Train `network` on the training set, for 5 epochs with batches of 128. Keep what `fit` returns as
# `history`. This takes some seconds.
#
# **Useful:** `network.fit(images, labels, epochs=..., batch_size=...)`. Careful: `fit` continues
# where it stopped. To train again from the beginning, run the notebook again from question 3 on.

# %% [raw]
# # BEGIN SOLUTION

# %%
# train on train_images and train_labels, and keep what fit returns
history = network.fit(train_images, train_labels, epochs=5, batch_size=128)  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 0.75
hidden: false
"""  # END TEST CONFIG


def test_training_had_5_epochs_of_batches_of_128(history):
    values = getattr(history, "history", None)
    assert type(history).__name__ == "History" and isinstance(values, dict), (
        f"`history` is of type {type(history).__name__}, expected History. Write history = "
        "network.fit(...), and keep all that fit returns."
    )
    epochs = len(values.get("loss", []))
    assert epochs == 5, f"`history` holds {epochs} epoch(s), expected 5. Use epochs=5."
    steps = (history.params or {}).get("steps")
    validated = any(name.startswith("val_") for name in values)
    fewest = 300 if validated else 469  # a part may have been kept for validation
    if isinstance(steps, int):
        assert fewest <= steps <= 469, (
            f"An epoch had {steps} steps, expected 469: 60000 images in batches of 128. Use all "
            "training images and batch_size=128."
        )


# %%
""" # BEGIN TEST CONFIG
points: 0.75
hidden: false
"""  # END TEST CONFIG


def test_loss_fell(history):
    values = getattr(history, "history", None)
    assert isinstance(values, dict) and values.get("loss"), (
        "`history` holds no loss for each epoch. Write history = network.fit(...)."
    )
    assert len(values["loss"]) > 1, (
        "`history` holds one epoch, expected 5: a single one cannot show that the loss falls."
    )
    first, last = float(values["loss"][0]), float(values["loss"][-1])
    assert last < first, (
        f"The loss went from {first:.4f} to {last:.4f}, expected it to fall. Are images and labels "
        "in the same order, and the pixels between 0 and 1?"
    )


# %%
""" # BEGIN TEST CONFIG
points: 0.75
hidden: true
failure_message: >-
  The accuracy in history is not that of this network on the training set. Train this network on
  train_images and train_labels, and keep what fit returns.
"""  # END TEST CONFIG


def test_history_is_of_this_network(network, history):
    import judging

    judging.check_history(network, history)


# %%
""" # BEGIN TEST CONFIG
points: 0.75
hidden: true
failure_message: >-
  The network was not untrained when this training began. Was fit run twice? Run the notebook again
  from question 3 on.
"""  # END TEST CONFIG


def test_training_began_with_an_untrained_network(history):
    import judging

    judging.check_began_untrained(history)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# `history.history` holds one number per epoch for the loss and for the accuracy. Draw them: it is
# the first thing to look at after any training. Where the curves are steep, there is still much to
# learn; where they flatten out, not.

# %%
if history is ...:
    print("The curves of your training appear here when you have filled in question 6.")
else:
    figure, axes = plt.subplots(1, 2, figsize=(9, 2.8))
    for name, values in history.history.items():
        axis = axes[0] if "loss" in name else axes[1]
        axis.plot(range(1, len(values) + 1), values, marker="o")
        axis.set(title=f"training {name}", xlabel="epoch", xticks=range(1, len(values) + 1))
    plt.tight_layout()
    plt.show()

# %% [markdown]
# ## 4. Test
#
# The network has seen every training image five times. Whether it has *understood* digits or only
# memorised those, the training accuracy cannot tell. The test set can.

# %% [raw]
# # BEGIN QUESTION
# name: q7
# points: 3
# all_or_nothing: true

# %% [markdown]
# ### Question 7 (3 points)
#
# Evaluate the trained `network` on the test set. Keep its loss as `test_loss` and its accuracy as
# `test_acc`, which should be at least 0.97.

# %% [raw]
# # BEGIN SOLUTION

# %%
# evaluate the trained network on test_images and test_labels
# BEGIN SOLUTION NO PROMPT
test_loss, test_acc = network.evaluate(test_images, test_labels, verbose=0)
# END SOLUTION
""" # BEGIN PROMPT
test_loss = ...
test_acc = ...
"""  # END PROMPT

print("trained: loss", test_loss, "accuracy", test_acc)

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 0.75
hidden: false
"""  # END TEST CONFIG


def test_loss_and_accuracy_are_numbers_of_a_trained_network(test_loss, test_acc):
    import numpy as np

    for name, value in [("test_loss", test_loss), ("test_acc", test_acc)]:
        value = np.asarray(value)
        assert value.size == 1 and value.dtype.kind in "fiu", (
            f"`{name}` must be one number. network.evaluate returns two: the loss and the accuracy."
        )
    accuracy = float(np.asarray(test_acc).reshape(()))
    assert 0 <= accuracy <= 1, (
        f"`test_acc` is {accuracy:.4g}, expected a number between 0 and 1. evaluate returns the "
        "loss first, then the accuracy; it is a share, not a percentage."
    )


# %%
""" # BEGIN TEST CONFIG
points: 0.75
hidden: false
"""  # END TEST CONFIG


def test_accuracy_is_at_least_97_percent(test_acc):
    import numpy as np

    value = np.asarray(test_acc)
    assert value.size == 1 and value.dtype.kind in "fiu", "`test_acc` must be one number."
    accuracy = float(value.reshape(()))
    hint = "Train for five epochs, on images with pixels between 0 and 1."
    if accuracy < 0.25:
        hint = "That is no better than guessing: evaluate after `fit`."
    assert accuracy >= 0.97, f"`test_acc` is {accuracy:.4f}, expected at least 0.97. {hint}"


# %%
""" # BEGIN TEST CONFIG
points: 0.75
hidden: true
failure_message: >-
  The network itself, as it is at this point, does not reach the accuracy asked for on the test
  set. Train it as question 6 says.
"""  # END TEST CONFIG


def test_network_reaches_97_percent(network):
    import judging

    judging.check_test_accuracy(network)


# %%
""" # BEGIN TEST CONFIG
points: 0.75
hidden: true
failure_message: >-
  test_loss and test_acc are not what this network scores on the test set. Take both from
  network.evaluate(test_images, test_labels).
"""  # END TEST CONFIG


def test_they_are_what_the_trained_network_scores(network, test_loss, test_acc):
    import judging

    judging.check_accuracy(network, "test", "test_acc", test_acc)
    judging.check_loss(network, "test", "test_loss", test_loss)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ## 5. Predict
#
# An accuracy is a summary. Now look at the answers themselves. For each image, the network returns
# ten probabilities; the digit that it reads is the most probable one:
#
# $$\hat{d} = \arg\max_k\, p_k$$

# %% [raw]
# # BEGIN QUESTION
# name: q8
# points: 2
# all_or_nothing: true

# %% [markdown]
# ### Question 8 (2 points)
#
# Make `probabilities`, the network's answers to all test images, and `predicted_digits`, the most
# probable digit of each.
#
# **Useful:** `network.predict(images)`, `array.argmax(axis=...)`.

# %% [raw]
# # BEGIN SOLUTION

# %%
# probabilities: shape (10000, 10), one row for each test image
probabilities = network.predict(test_images, verbose=0)  # SOLUTION
# predicted_digits: shape (10000,), the column of the largest probability in each row
predicted_digits = probabilities.argmax(axis=1)  # SOLUTION

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_shapes_are_10000_10_and_10000(probabilities, predicted_digits):
    import numpy as np

    shape = np.shape(probabilities)
    assert shape == (10000, 10), (
        f"`probabilities` has shape {shape}, expected (10000, 10): ten for each test image. Use "
        "network.predict(test_images)."
    )
    shape = np.shape(predicted_digits)
    hint = "Use probabilities.argmax(axis=1)."
    if shape == (10,):
        hint = f"axis=0 looks for the largest in each column. {hint}"
    elif shape == ():
        hint = f"Without an axis, argmax looks for the largest of all. {hint}"
    assert shape == (10000,), (
        f"`predicted_digits` has shape {shape}, expected (10000,): one digit for each image. {hint}"
    )


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_predicted_digits_are_0_to_9(predicted_digits):
    import numpy as np

    digits = np.asarray(predicted_digits)
    assert digits.dtype.kind in "fiu" and np.isin(digits, range(10)).all(), (
        "`predicted_digits` must hold whole numbers from 0 to 9. Use probabilities.argmax(axis=1)."
    )


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: >-
  These are not the predictions of this network for the test images. Use
  network.predict(test_images) after training, and argmax over each row.
"""  # END TEST CONFIG


def test_predictions_are_those_of_this_network(
    network, probabilities, predicted_digits, test_images
):
    import judging

    judging.check_predictions(network, probabilities, predicted_digits, test_images)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# About two in a hundred are wrong. Look at some of them, with the probability that the network gave
# to its answer. Would you have read them all?

# %%
if probabilities is ... or predicted_digits is ...:
    print("Some misread digits appear here when you have filled in question 8.")
else:
    misread = np.flatnonzero(np.asarray(predicted_digits) != raw_test_labels)
    figure, axes = plt.subplots(2, 6, figsize=(9, 3.8))
    for place, index in enumerate(misread[:12]):
        axis = axes.flat[place]
        digit = int(predicted_digits[index])
        axis.imshow(raw_test_images[index], cmap="gray_r")
        axis.set_title(
            f"{raw_test_labels[index]} read as {digit}\n({probabilities[index][digit]:.0%} sure)",
            fontsize=9,
        )
    for axis in axes.flat:
        axis.axis("off")
    plt.tight_layout()
    plt.show()

# %% [markdown]
# ## 6. Overfitting
#
# With 407,050 weights, a network can learn more than the rules of handwriting. It can also learn
# the accidents of these 60,000 images: one smudge, one writer's strange 7. That helps on the images
# it has seen and nowhere else. So the training accuracy is higher than the test accuracy. This is
# **overfitting**, and the gap between the two tells how large it is:
#
# $$\text{gap} = \text{training accuracy} - \text{test accuracy}$$
#
# It is also why nobody believes an accuracy that was measured on training data, and why the test
# set has to stay out of the training.

# %% [raw]
# # BEGIN QUESTION
# name: q9
# points: 2
# all_or_nothing: true

# %% [markdown]
# ### Question 9 (2 points)
#
# Evaluate `network` on the training set. Keep the accuracy as `train_acc`, and compute `gap`, the
# training accuracy minus the test accuracy.

# %% [raw]
# # BEGIN SOLUTION

# %%
# train_acc: the accuracy on train_images and train_labels, as a number
# BEGIN SOLUTION NO PROMPT
train_loss, train_acc = network.evaluate(train_images, train_labels, verbose=0)
# END SOLUTION
""" # BEGIN PROMPT
train_acc = ...
"""  # END PROMPT
# gap: how much higher it is than test_acc
gap = train_acc - test_acc  # SOLUTION

print("training accuracy", train_acc, "gap", gap)

# %% [raw]
# # END SOLUTION

# %% [raw]
# # BEGIN TESTS

# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_training_accuracy_and_gap_are_numbers(train_acc, gap):
    import numpy as np

    for name, value in [("train_acc", train_acc), ("gap", gap)]:
        value = np.asarray(value)
        assert value.size == 1 and value.dtype.kind in "fiu", (
            f"`{name}` must be one number. network.evaluate returns the loss and the accuracy: "
            "take the second."
        )
    accuracy = float(np.asarray(train_acc).reshape(()))
    assert 0 <= accuracy <= 1, (
        f"`train_acc` is {accuracy:.4g}, expected a number between 0 and 1: a share, not a "
        "percentage."
    )


# %%
""" # BEGIN TEST CONFIG
points: 0.5
hidden: false
"""  # END TEST CONFIG


def test_gap_is_the_difference(train_acc, test_acc, gap):
    import numpy as np

    numbers = [np.asarray(value) for value in (train_acc, test_acc, gap)]
    assert all(value.size == 1 and value.dtype.kind in "fiu" for value in numbers), (
        "`train_acc`, `test_acc` and `gap` must be one number each."
    )
    train, test, found = (float(value.reshape(())) for value in numbers)
    hint = "Subtract test_acc from train_acc."
    if abs(found + (train - test)) < 0.001:
        hint = f"It is the other way round. {hint}"
    assert abs(found - (train - test)) < 0.001, (
        f"`gap` is {found:.5f}, expected train_acc - test_acc = {train - test:.5f}. {hint}"
    )


# %%
""" # BEGIN TEST CONFIG
points: 1
hidden: true
failure_message: >-
  train_acc is not the accuracy of this network on the training set. Use
  network.evaluate(train_images, train_labels).
"""  # END TEST CONFIG


def test_training_accuracy_is_that_of_this_network(network, train_acc):
    import judging

    judging.check_train_accuracy(network, train_acc)


# %% [raw]
# # END TESTS

# %% [raw]
# # END QUESTION

# %% [markdown]
# ## What you have done
#
# You turned pictures into tensors, built a network of two layers, measured it untrained, trained
# it, tested it on images it had never seen, looked at its mistakes, and measured how much it
# overfits. Larger networks have more layers of other kinds. The road is the same.
