"""Makes `network.npz`, the network of the first lesson as the second one hands it out.

    MPLBACKEND=agg python solutions/tensors/making/network.py MNIST.npz

Runs the answers of `mnist`'s solution, from the images to the training, and keeps the weights as
float16: 0.8 MB. `digits` is what Keras' own `predict` reads with the weights so rounded.
"""

from __future__ import annotations

import sys
from pathlib import Path

import jupytext
import keras
import numpy as np

SOLUTIONS = Path(__file__).resolve().parents[2]
SEED = 7
ANSWERS = ("import keras", "(raw_train_images", "# train_images", "# train_labels", "# network:")
ANSWERS += ("# call network.compile", "# train on train_images")
"""With what the cells begin that are run, in the order of the lesson."""


def main() -> None:
    """Train the network, and write its weights beside the lesson."""
    with np.load(sys.argv[1]) as data:
        sets = [(data[f"x_{name}"], data[f"y_{name}"]) for name in ("train", "test")]
    keras.datasets.mnist.load_data = lambda: sets
    keras.utils.set_random_seed(SEED)
    names: dict[str, object] = {}
    notebook = jupytext.read(SOLUTIONS / "mnist" / "master.py")
    cells = [cell.source for cell in notebook.cells if cell.cell_type == "code"]
    run = [source for source in cells if source.startswith(ANSWERS)]
    if len(run) != len(ANSWERS):
        raise SystemExit(f"{len(run)} cells of mnist's master.py begin as expected")
    for source in run:
        exec(source, names)  # noqa: S102 - the course's own
    network = names["network"]
    rounded = [weights.astype(np.float16) for weights in network.get_weights()]
    network.set_weights(rounded)
    digits = network.predict(names["test_images"], verbose=0).argmax(axis=1).astype(np.uint8)
    right = (digits == names["raw_test_labels"]).mean()
    target = SOLUTIONS / "tensors" / "network.npz"
    arrays = dict(zip(("W1", "b1", "W2", "b2"), rounded, strict=True))
    np.savez_compressed(target, **arrays, digits=digits)
    print(f"{target}: {target.stat().st_size:,} bytes, accuracy {right:.4f}")  # noqa: T201


if __name__ == "__main__":
    main()
