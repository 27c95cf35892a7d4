"""The judge and a real student's process, without a wall between them: the probe's text serves."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import numpy as np
import pytest

from autograder.errors import machines_fault
from autograder.judge import remote, wire
from autograder.judge.environment import Environment
from autograder.judge.remote import Connection, Refused, RemoteEnded, RemoteLate
from autograder.judge.session import Session
from autograder.sandbox.text import PROBE

STUDENT = """
import sys
code, names, folder, door, probe = (open(sys.argv[1]).read(), *sys.argv[2:5], sys.argv[5])
namespace = {"__name__": "__main__"}
exec(code, namespace)
space = {"namespace": namespace}
exec(open(probe).read(), space)
space["capture"](namespace, names.split(), folder, door)
print("the kernel goes on", flush=True)
sys.stdin.read()
"""
Start = Callable[..., Environment]


@pytest.fixture
def student(tmp_path: Path) -> Iterator[Start]:
    """Runs code in a process, and gives the names of it that a test asks for."""
    with ExitStack() as stack:

        def start(code: str, names: str, seconds: float = 30.0) -> Environment:
            for name, text in (("code", code), ("probe", PROBE)):
                (tmp_path / name).write_text(text)
            listening = stack.enter_context(socket.socket(socket.AF_UNIX))
            listening.bind(str(tmp_path / "door"))
            listening.listen(1)
            paths = [str(tmp_path / part) for part in ("out", "door", "probe")]
            process = subprocess.Popen(
                [sys.executable, "-c", STUDENT, str(tmp_path / "code"), names, *paths],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
            )
            stack.enter_context(process)
            listening.settimeout(30)
            channel = listening.accept()[0]
            connection = Connection(channel, seconds)
            stack.callback(connection.close)
            start.process, start.notes = process, []
            session = start.session = Session(connection, start.notes)
            folder = os.open(tmp_path / "out", os.O_RDONLY)
            stack.callback(os.close, folder)
            claims = wire.decode(folder)
            values = {name: session.variable(name, claim) for name, claim in claims.items()}
            return Environment(values, {}, session)

        yield start


def test_a_function_is_called(student: Start) -> None:
    environment = student("def square(x):\n    'Square.'\n    return x * x", "square")
    square = environment["square"]
    assert square(3) == 9


CODE = """
import random
import numpy as np

history = []

def twice(x):
    return 2 * x

def add(a, b=1, *rest, scale=2.5, **more):
    "Adds."
    return (a + b) * scale

def fail(kind):
    raise {"key": KeyError, "own": Own, "memory": MemoryError, "disk": OSError}[kind](kind, 3)

class Own(ValueError):
    pass

def remember(x):
    history.append(x)
    print("remembered", x)

def fill(items, table):
    items.append(1)
    table["n"] = len(items)
    return items

def draw():
    return random.random(), float(np.random.rand())

def numbers():
    yield 1
    yield [2]

def leave():
    import os
    os._exit(0)

def spin():
    while True:
        pass

def deep(n=0):
    return deep(n + 1) + 1

class Animal:
    "An animal."
    legs = 4
    def __init__(self, name):
        self.name = name
    def speak(self):
        return self.name + "!"
    def __eq__(self, other):
        return True
    def __add__(self, other):
        return Animal(self.name + str(other))

class Dog(Animal):
    def friend(self):
        return Dog("Rex")

class Stack(list):
    def __len__(self):
        return 7

rex = Dog("Rex")
stack = Stack([1, 2, 3])
"""
NAMES = "twice add fail Own remember fill draw numbers leave spin deep Animal Dog rex stack history"


@pytest.fixture
def names(student: Start) -> Environment:
    return student(CODE, NAMES)


def test_a_function_looks_like_one(names: Environment) -> None:
    import inspect

    add = names["add"]
    assert inspect.isfunction(add) and add.__name__ == "add" and add.__doc__ == "Adds."
    assert str(inspect.signature(add)) == "(a, b=1, *rest, scale=2.5, **more)"
    assert add(1, b=2, scale=3) == 9
    with pytest.raises(OSError, match="source"):
        inspect.getsource(add)


def test_exceptions_come_as_what_they_are(names: Environment) -> None:
    with pytest.raises(KeyError) as caught:
        names["fail"]("key")
    assert type(caught.value) is KeyError and caught.value.args == ("key", 3)
    with pytest.raises(ValueError, match="own") as own:
        names["fail"]("own")
    assert type(own.value).__name__ == "Own" and type(own.value) is names["Own"]
    for kind in ("memory", "disk"):
        with pytest.raises((MemoryError, OSError)) as theirs:
            names["fail"](kind)
        assert not machines_fault(theirs.value)
    with pytest.raises(RecursionError):
        names["deep"]()


def test_arguments_change_and_keep_their_identity(names: Environment) -> None:
    items, table = [0], {"n": 0}
    assert names["fill"](items, table) is items
    assert (items, table) == ([0, 1], {"n": 2})


def test_names_are_read_again_after_a_call(
    names: Environment, capsys: pytest.CaptureFixture[str]
) -> None:
    assert names["history"] == []
    names["remember"](3)
    assert capsys.readouterr().out == "remembered 3\n"
    assert names.copy()["history"] == [3]


def test_randomness_travels(names: Environment) -> None:
    import random

    import numpy as np

    random.seed(1), np.random.seed(2)
    expected = random.random(), float(np.random.rand()), random.random()
    random.seed(1), np.random.seed(2)
    assert (*names["draw"](), random.random()) == expected


def test_generators_go_item_by_item(names: Environment) -> None:
    numbers = names["numbers"]()
    assert type(numbers).__name__ == "generator"
    assert next(numbers) == 1 and list(numbers) == [[2]]


def test_a_call_that_ends_its_process_costs_itself(names: Environment) -> None:
    made = names["Dog"]("Fido")
    with pytest.raises(RemoteEnded, match="exit code 0"):
        names["leave"]()
    assert names["twice"](2) == 4 and names["rex"].speak() == "Rex!"
    with pytest.raises(LookupError, match="process has ended"):
        made.speak()


def test_a_call_without_end(names: Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "CALL_SECONDS", 0.2)
    with pytest.raises(RemoteLate, match=r"within 0\.2 seconds"):
        names["spin"]()
    assert names["twice"](2) == 4


def test_classes_and_objects(names: Environment) -> None:
    dog, rex, kind = names["Dog"]("Fido"), names["rex"], names["Dog"]
    assert (
        type(dog) is kind and isinstance(rex, names["Animal"]) and issubclass(kind, names["Animal"])
    )
    assert (kind.__name__, names["Animal"].__doc__, kind.legs) == ("Dog", "An animal.", 4)
    assert dog.speak() == "Fido!" and hasattr(dog, "name") and not hasattr(dog, "tail")
    assert vars(dog) == {"name": "Fido"}
    dog.name = "Bello"
    assert dog.name == "Bello" and (dog + 3).name == "Bello3"
    assert dog.friend().friend().speak() == "Rex!"
    assert not callable(dog) and {dog: 1}[dog] == 1


def test_nothing_of_the_test_meets_their_comparison(names: Environment) -> None:
    rex = names["rex"]
    for compare in (
        lambda: rex == 3, lambda: rex in [3], lambda: rex != "Rex", lambda: rex < 3,
        lambda: np.array([1, 2]) == rex, lambda: np.asarray(rex),
    ):  # fmt: skip
        with pytest.raises(Refused, match="stays on the student's side"):
            compare()
    assert rex is not None and rex != None  # noqa: E711
    assert rex == names["Dog"]("other"), "their own `==` decides between their own"


def test_a_subclass_of_a_builtin_stays_behind(names: Environment) -> None:
    stack = names["stack"]
    assert not isinstance(stack, list) and len(stack) == 7 and [*stack] == [1, 2, 3]
    with pytest.raises(Refused):
        assert stack == [1, 2, 3]


def test_what_the_test_made_does_not_cross(names: Environment) -> None:
    with pytest.raises(Refused, match="a function of the test"):
        names["twice"](lambda: 3)
    assert names["twice"](names["rex"] and 4) == 8


IMPOSTOR = """
class Impostor:
    def equals(self, other):
        return True
    def __sub__(self, other):
        return 0.0
    def __iter__(self):
        return iter([1, 2])

class Stack:
    def __init__(self, *items):
        self.items = list(items)
    def has(self, item):
        return item in self.items

table = Impostor()

def square(x):
    return x * x

def table_of(x):
    return Impostor()

plain = square
"""

USES: dict[str, tuple[Callable[[Environment], object], set[str]]] = {
    "function": (lambda names: names["square"](3), set()),
    "method-of-variable": (lambda names: names["table"].equals([1]), {"table."}),
    "arithmetic": (lambda names: names["table"] - 9, {"table"}),
    "no-data": (lambda names: list(names["table"]), set()),
    "object-of-a-call": (lambda names: names["table_of"](3).equals([1]), {"table_of()."}),
    "own-class": (lambda names: names["Stack"](1, 2).has(1), {"Stack()."}),
    "two-objects": (lambda names: names["table"] != names["Stack"](), {"table", "Stack()"}),
}


@pytest.mark.parametrize(("use", "relied"), USES.values(), ids=USES)
def test_what_answers_about_the_tests_data_is_noted(
    student: Start, use: Callable[[Environment], object], relied: set[str]
) -> None:
    environment = student(IMPOSTOR, "table square table_of Stack")
    environment.begin_case(is_hidden=False)
    use(environment)
    assert set(environment._session.relied()) == relied
    environment.begin_case(is_hidden=False)
    assert environment._session.relied() == ()


KINDS = """
import pathlib
path = pathlib.PurePosixPath("a")
class Own:
    pass
own = Own()
stream = (n for n in [1])
"""


@pytest.mark.parametrize(
    ("name", "left"), [("path", ["PurePosixPath"]), ("own", []), ("stream", [])]
)
def test_a_type_that_is_nobodys_own_is_noted_where_a_test_cannot_look(
    student: Start, name: str, left: list[str]
) -> None:
    environment = student(KINDS, name)
    with pytest.raises(Refused, match="stays on the student's side"):
        assert environment[name] == 3
    assert list(environment._session.left_behind) == left
