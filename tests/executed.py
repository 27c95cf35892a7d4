"""Executed notebooks as they come with a grade, made without running anything."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from autograder.reports.student import pictures


def code(source: str, *outputs: Mapping[str, Any], **metadata: Any) -> dict[str, Any]:
    """An executed code cell."""
    return {"cell_type": "code", "source": source, "metadata": metadata, "outputs": list(outputs)}


def printed(text: str, name: str = "stdout") -> dict[str, Any]:
    return {"output_type": "stream", "name": name, "text": text}


def shown(**data: Any) -> dict[str, Any]:
    """A rich output: `shown(text_plain="...")`, `shown(image_png="...")`."""
    kinds = {name.replace("_", "/", 1): value for name, value in data.items()}
    return {"output_type": "display_data", "data": kinds, "metadata": {}}


def markdown(source: str) -> dict[str, Any]:
    return {"cell_type": "markdown", "source": source, "metadata": {}}


def executed(*cells: Mapping[str, Any]) -> str:
    """An executed notebook as it comes with a grade."""
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": cells})


def png(width: int = 320, height: int = 120) -> str:
    """A picture as notebooks hold it: base64 of a PNG."""
    levels = bytes(255 * x // width for _ in range(height) for x in range(width))
    return pictures.grey(levels, width).uri.partition(",")[2]


_ERROR = {
    "output_type": "error",
    "ename": "NameError",
    "evalue": "name 'netwrok' is not defined",
    "traceback": [
        f"\x1b[31m{'-' * 75}\x1b[39m",
        f"\x1b[31mNameError\x1b[39m{' ' * 33}Traceback (most recent call last)",
        "\x1b[36mCell\x1b[39m\x1b[36m \x1b[39m\x1b[32mIn[9]\x1b[39m\n"
        "\x1b[32m----> \x1b[39m\x1b[32m1\x1b[39m "
        "test_loss, test_acc = netwrok.evaluate(test_images, test_labels)",
        "\x1b[31mNameError\x1b[39m: name 'netwrok' is not defined",
    ],
}


def sample_notebook() -> str:
    """A small notebook with all that is usual: prose, code, bars of progress, a plot, an error."""
    bar = "".join(
        f"\r\x1b[1m{step}/469\x1b[0m "
        f"\x1b[32m{'━' * (step // 24)}\x1b[0m\x1b[37m{'━' * (20 - step // 24)}\x1b[0m "
        f"\x1b[1m1s\x1b[0m 2ms/step - accuracy: 0.9{step:03} - loss: 0.2616"
        for step in (1, 200, 469)
    )
    passed = shown(text_plain="q2 passed!", text_html="<p><b>q2</b> passed!</p>")
    plot = shown(text_plain="<Figure size 640x480>", image_png=png())
    return executed(
        markdown(
            "# Your first neural network\n\n"
            "Some *text* with `code`, $f(z) = \\max(0, z)$, and a [link](https://keras.io).\n\n"
            "- one\n- two\n\n| digit | count |\n|---|---|\n| 0 | 980 |\n"
        ),
        code("import keras\n\nprint('ready')  # all is loaded", printed("ready\n")),
        code("train_images = raw_train_images.reshape(60000, 784) / 255 / 255"),
        code("grader.check('q1')", printed("q1 results: 1 test failed\n"), questions=["q1"]),
        code("train_labels = keras.utils.to_categorical(raw_train_labels)"),
        code("grader.check('q2')", passed, questions=["q2"]),
        code(
            "network = keras.Sequential([keras.Input(shape=(784,)), "
            "keras.layers.Dense(512, activation=\"relu\")])\ngrader.check('q3')",
            questions=["q3"],
        ),
        code(
            "history = network.fit(train_images, train_labels, epochs=1)\ngrader.check('q6')",
            printed(f"Epoch 1/1\n{bar}\n"),
            questions=["q6"],
        ),
        code("plt.plot(history.history['loss'])\nplt.show()", plot),
        code("test_loss, test_acc = netwrok.evaluate(test_images, test_labels)", _ERROR),
        code("grader.check('q7')", questions=["q7"]),
        code("grader.export()", skipped="it writes the zip to hand in"),
    )
