"""Mutants: one change each, the same ones each time."""

from __future__ import annotations

import ast
import re
from typing import Any

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.proving import mutants

SOURCE = 'x = raw_train.reshape((4, 2)).astype("float32") / 3\nprint("x", x)\ny = f(a, b, axis=1)'


def solution(**answers: list[str]) -> Any:
    """A notebook with the cells of each question's answer, and their checks."""
    v4, tags, cells = nbformat.v4, {"tags": ["otter_assign_solution_cell"]}, []
    for name, sources in answers.items():
        cells += [v4.new_code_cell(source, metadata=tags) for source in sources]
        cells.append(v4.new_code_cell(f'grader.check("{name}")'))
    return v4.new_notebook(cells=cells)


def made(source: str) -> dict[str, str]:
    """What each mutant says, and its source."""
    found = mutants.of_solution(solution(q1=[source]), ["q1"])
    assert len({mutant.name for mutant in found}) == len(found)
    return {mutant.says: mutant.source for mutant in found}


CHANGES = {
    "Div becomes Mult": "* 3",
    "3 becomes 4": "/ 4",
    "4 becomes 2": "reshape((2, 2))",
    "'float32' becomes 'uint8'": '("uint8")',
    "raw_train becomes raw_test": "raw_test.reshape",
    "the call of astype is left out": "reshape((4, 2)) / 3",
    "the two sides of the operator change places": "3 / raw_train",
    "axis= is left out": "f(a, b)",
    "the two arguments change places": "f(b, a, axis=1)",
    "the last argument is left out": "f(a, axis=1)",
}


@pytest.mark.parametrize("says", CHANGES)
def test_a_change_is_made(says: str) -> None:
    (source,) = [source for text, source in made(SOURCE).items() if text.endswith(says)]
    assert CHANGES[says].replace('"', "'") in source


def test_mutants_are_python_differ_and_leave_what_is_printed() -> None:
    found = made(SOURCE)
    plain = ast.unparse(ast.parse(SOURCE))
    assert len(set(found.values())) == len(found) > 20
    assert found == made(SOURCE)
    for source in found.values():
        ast.parse(source)
        assert source != plain
        assert "print('x', x)" in source


# A source, and all of its mutants, but for the one without its only statement.
OPERATORS: dict[str, tuple[str, dict[str, str]]] = {
    "a number": ("f(8)", {"8 becomes 9": "f(9)", "8 becomes 4": "f(4)"}),
    "one": ("f(1)", {"1 becomes 2": "f(2)", "1 becomes 0": "f(0)"}),
    "zero": ("f(0)", {"0 becomes 1": "f(1)"}),
    "an activation": ("f('relu')", {f"'relu' becomes '{w}'": f"f('{w}')" for w in ("sigmoid", "tanh", "softmax", "linear")}),
    "a data type": ("f('uint8')", {f"'uint8' becomes '{w}'": f"f('{w}')" for w in ("float32", "float64", "float16", "int32")}),
    "an optimiser": ("f('adam')", {f"'adam' becomes '{w}'": f"f('{w}')" for w in ("rmsprop", "sgd", "adagrad")}),
    "a loss": ("f('mse')", {f"'mse' becomes '{w}'": f"f('{w}')" for w in ("categorical_crossentropy", "binary_crossentropy", "sparse_categorical_crossentropy")}),
    "a metric": ("f('mae')", {f"'mae' becomes '{w}'": f"f('{w}')" for w in ("accuracy", "top_k_categorical_accuracy")}),
    "training data": ("x = train", {"train becomes test": "x = test"}),
    "test data": ("x = test", {"test becomes train": "x = train"}),
    "images": ("x = images", {"images becomes labels": "x = labels"}),
    "two twins in a name": ("x = test_loss", {"test_loss becomes train_loss": "x = train_loss", "test_loss becomes test_acc": "x = test_acc"}),
    "a division": ("a / b", {
        "Div becomes Mult": "a * b", "Div becomes FloorDiv": "a // b",
        "the right side of the operator is left out": "a", "the two sides of the operator change places": "b / a"}),
    "a subtraction": ("a - b", {
        "Sub becomes Add": "a + b", "Sub becomes Div": "a / b",
        "the right side of the operator is left out": "a", "the two sides of the operator change places": "b - a"}),
    "another operator": ("a ** b", {"the right side of the operator is left out": "a", "the two sides of the operator change places": "b ** a"}),
    "equal sides": ("a * a", {"the right side of the operator is left out": "a"}),
    "argmax": ("x.argmax()", {"argmax becomes argmin": "x.argmin()", "argmax becomes max": "x.max()"}),
    "evaluate": ("x.evaluate()", {"evaluate becomes predict": "x.predict()"}),
    "predict": ("x.predict()", {"predict becomes evaluate": "x.evaluate()"}),
    "reshape": ("x.reshape(s)", {"the call of reshape is left out": "x"}),
    "astype after a call": ("f(x).astype(t)", {"the call of astype is left out": "f(x)"}),
    "keywords": ("f(x=a, y=b)", {"x= is left out": "f(y=b)", "y= is left out": "f(x=a)"}),
    "one argument": ("f(a)", {}),
    "two arguments": ("f(a, b)", {"the two arguments change places": "f(b, a)", "the last argument is left out": "f(a)"}),
    "three arguments": ("f(a, b, c)", {"the last argument is left out": "f(a, b)"}),
    "two results": ("a, b = f()", {"the two results change places": "b, a = f()"}),
    "three results": ("a, b, c = f()", {}),
    "a list": ("x = [a, b]", {
        "element 1 is left out": "x = [b]", "element 1 stands twice": "x = [a, a, b]",
        "element 2 is left out": "x = [a]", "element 2 stands twice": "x = [a, b, b]",
        "elements 1 and 2 change places": "x = [b, a]"}),
    "a list of one": ("x = [a]", {}),
    "truth": ("f(True)", {}),
    "a fraction": ("x = 0.5", {}),
    "another text": ("f('Relu and adam')", {}),
    "a name that is assigned": ("train = x", {}),
}  # fmt: skip


@pytest.mark.parametrize("case", OPERATORS)
def test_each_operator_makes_what_it_says_and_nothing_else(case: str) -> None:
    source, expected = OPERATORS[case]
    found = made(source)
    assert found.pop("line 1: statement 1 is left out") == ""
    assert found == {f"line 1: {says}": text for says, text in expected.items()}


def test_statements_are_left_out_and_change_places() -> None:
    assert set(made("a = b\nc = d\ne = f").values()) == {
        "c = d\ne = f",
        "a = b\ne = f",
        "a = b\nc = d",
        "c = d\na = b\ne = f",
        "a = b\ne = f\nc = d",
    }


PRINTS = [
    "print(train_loss / 2)",
    "print('relu', f(1, x=2), [a, b], end='')",
    "print(a)\nprint(b)",
    "for x in y:\n    print(x + 1)",
    "if x:\n    print(train)\nelse:\n    print([1, 2])",
]


@pytest.mark.parametrize("source", PRINTS)
def test_nothing_that_is_printed_is_changed(source: str) -> None:
    whole = "line 1: statement 1 is left out"
    assert set(made(source)) == (set() if source.startswith("print") else {whole})


@pytest.mark.parametrize("cells", [[], [""], ["# a comment"], ["", "\n"]])
def test_an_empty_answer_has_no_mutants(cells: list[str]) -> None:
    assert mutants.of_solution(solution(q1=cells), ["q1"]) == []


def test_the_line_is_that_of_the_whole_answer() -> None:
    found = mutants.of_solution(solution(q1=["a = b", "c = (\n    8)"]), ["q1"])
    says = {mutant.source: mutant.says for mutant in found}
    assert says["a = b\nc = 9"] == "line 3: 8 becomes 9"


NAMES = [
    "q1-e3b0c442",
    "q1-bc721e0b",
    "q1-004512e0",
    "q1-4c79dec1",
    "q1-e9c64d10",
    "q1-97890f6c",
    "q1-5183e5a4",
    "q1-bc044a77",
]


def names(question: str, **answers: list[str]) -> list[str]:
    found = mutants.of_solution(solution(**answers), list(answers))
    return [mutant.name for mutant in found if mutant.question == question]


def test_a_name_depends_on_the_question_and_the_changed_answer_alone() -> None:
    assert names("q1", q1=["x = train / 2"]) == NAMES
    assert names("q1", q1=["x = (train/2)  # half"], q2=["y = 3"]) == NAMES
    assert names("q2", q1=["y = 3"], q2=["x = train / 2"]) == [f"q2{name[2:]}" for name in NAMES]


STATEMENTS = st.sampled_from(
    [
        *(source for source, _ in OPERATORS.values()),
        "print('relu', train / 2)",
        "def f(x, y=1):\n    return x - y",
        "for i in range(3):\n    x = [i, i + 1]",
        "x = f'{train:.2f} {8 / n}'",
        "with open(a, 'x') as f:\n    x = f(*a, b, **c)",
        "[a, b] = (lambda x: x / 2)(1), -3",
        "x[1:-1] += train[0].astype('float32')",
        "import keras",
        '"""text"""',
        "assert x != 1, 'mse'",
    ]
)


@settings(deadline=None)  # how fast a machine is, is not the point
@given(st.lists(STATEMENTS, min_size=1, max_size=5))
def test_the_mutants_of_any_source_are_python_and_all_differ(lines: list[str]) -> None:
    source = "\n".join(lines)
    found = mutants.of_solution(solution(q1=[source]), ["q1"])
    texts = [mutant.source for mutant in found]
    assert len(set(texts)) == len({mutant.name for mutant in found}) == len(found)
    assert ast.unparse(ast.parse(source)) not in texts
    for mutant in found:
        again = ast.unparse(ast.parse(mutant.source))
        assert again == mutant.source
        assert again.count("print('relu', train / 2)") == lines.count("print('relu', train / 2)")
        assert re.fullmatch(r"q1-[0-9a-f]{8}", mutant.name)


def test_statements_do_not_change_places_with_what_is_printed() -> None:
    assert not [says for says in made("x = 1\nprint(x)\ny = 2") if "change places" in says]


def test_an_answer_may_hold_a_magic() -> None:
    assert any(says.endswith("2 becomes 3") for says in made("%time x = 1\ny = 2"))
