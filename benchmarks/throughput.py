"""Measures grading against `otter run`, on the same notebooks, in one run on one machine.

    python benchmarks/throughput.py [--data FILE] [-n SUBMISSIONS]

Core-seconds of a whole command are what the machine was busy meanwhile (`/proc/stat`), so nothing
else should run. Memory is how much less of it was available at the worst moment. Needs Linux.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

from autograder.course import build
from autograder.course import data as datasets
from autograder.course.config import Assignment, Course, built_folder, find_course, read_assignment
from autograder.grading.grader import open_grader
from autograder.intake.collect import collect
from autograder.judge.client import Session
from autograder.notebook import otter
from autograder.notebook.read import read
from autograder.records import Piece
from autograder.sandbox import Sandbox, client, driver, runner
from autograder.wall.levels import choose
from autograder.wall.messages import DriverRequest, Judgement, KernelRequest, Report

ROOT = Path(__file__).parent.parent
CORES = os.cpu_count() or 1
THREADS = {"OMP_NUM_THREADS": "1", "TF_NUM_INTRAOP_THREADS": "1", "TF_NUM_INTEROP_THREADS": "1"}
QUIET = {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1"}
BARE_FIT = """
import time
import keras, numpy as np
(x, y), _ = (lambda z: ((z["x_train"], z["y_train"]), None))(np.load({path!r}))
x, y = x.reshape(60000, 784).astype("float32") / 255, np.eye(10, dtype="float32")[y]
network = keras.Sequential([keras.Input((784,)), keras.layers.Dense(512, "relu"),
                            keras.layers.Dense(10, "softmax")])
network.compile("rmsprop", "categorical_crossentropy", metrics=["accuracy"])
before = time.process_time()
network.fit(x, y, epochs=5, batch_size=128, verbose=0)
print(time.process_time() - before)
"""


@dataclass
class Cost:
    """What something took."""

    seconds: float = 0.0
    core_seconds: float = 0.0
    memory_mb: float = 0.0


def busy_seconds() -> float:
    """Core-seconds that this machine has been busy since it started."""
    fields = Path("/proc/stat").read_text().splitlines()[0].split()[1:]
    user, nice, system, _, _, irq, softirq = map(int, fields[:7])
    return (user + nice + system + irq + softirq) / os.sysconf("SC_CLK_TCK")


@contextmanager
def measured() -> Iterator[Cost]:
    """Measure what happens inside, over the whole machine."""
    cost, done = Cost(), threading.Event()
    before = psutil.virtual_memory().available

    def watch() -> None:
        while not done.wait(0.1):
            used = (before - psutil.virtual_memory().available) / 2**20
            cost.memory_mb = max(cost.memory_mb, used)

    watcher = threading.Thread(target=watch)
    watcher.start()
    start, busy = time.perf_counter(), busy_seconds()
    try:
        yield cost
    finally:
        cost.seconds, cost.core_seconds = time.perf_counter() - start, busy_seconds() - busy
        done.set()
        watcher.join()


def write_class(assignment: Assignment, folder: Path, count: int) -> list[Path]:
    """Distinct, correct submissions: each has an initialiser's seed of its own."""
    solution = read((assignment.staff / assignment.notebook_name).read_bytes()).notebook
    names = [question.name for question in assignment.questions]
    cells = otter.answer_cells(solution, names)["q3"]
    answer = "\n".join(solution.cells[index].source for index in cells)
    folder.mkdir()
    paths = []
    for number in range(1, count + 1):
        own = f"keras.utils.set_random_seed({number})\n{answer}"
        path = folder / f"student-{number:02}" / assignment.notebook_name
        path.parent.mkdir()
        path.write_text(json.dumps(otter.with_answers(solution, {"q3": own}, names)))
        paths.append(path)
    return paths


def with_autograder(folder: Path, data: Path) -> Cost:
    """Grade the class by our command, start included."""
    command = [
        sys.executable,
        "-m",
        "autograder.cli",
        "grade",
        str(folder / "class"),
        "-a",
        "mnist",
    ]
    command += ["-o", str(folder / "out"), "--data", str(data)]
    with measured() as cost:
        subprocess.run(command, cwd=ROOT, check=True, capture_output=True)
    return cost


def with_otter(course: Course, paths: list[Path], folder: Path, data: Path) -> Cost:
    """Grade the class by `otter run`, as many at once as there are cores."""
    startup = folder / "ipython" / "profile_default" / "startup"
    startup.mkdir(parents=True)
    line = f"import keras\nkeras.src.datasets.mnist.get_file = lambda *_, **__: {str(data)!r}\n"
    (startup / "0.py").write_text(line)
    archive = built_folder(course, "mnist") / "mnist-autograder.zip"
    environment = {**os.environ, **QUIET, "IPYTHONDIR": str(folder / "ipython")}

    def run(path: Path) -> None:
        command = [sys.executable, "-m", "otter", "run", "-a", str(archive), "-o", str(path.parent)]
        subprocess.run(
            [*command, path.name],
            cwd=path.parent,
            env=environment,
            check=True,
            capture_output=True,
        )
        tests = json.loads((path.parent / "results.json").read_text())["tests"]
        assert sum(test.get("score", 0) for test in tests) == 24

    with measured() as cost, ThreadPoolExecutor(CORES) as pool:
        list(pool.map(run, paths))
    return cost


def bare_fit(data: Path) -> float:
    """Core-seconds of nothing but `fit`, on one thread."""
    command = [sys.executable, "-c", BARE_FIT.format(path=str(data))]
    environment = {**os.environ, **THREADS, **QUIET}
    done = subprocess.run(command, env=environment, check=True, capture_output=True, text=True)
    return float(done.stdout.strip().splitlines()[-1])


async def one_cell(sandbox: Sandbox, before_end: Callable[[], None]) -> float:
    """Seconds from the request for a kernel to the end of its first cell."""
    request = DriverRequest(
        KernelRequest({}, 1, 0, LIMITS), (Piece("import tensorflow", 0),), (), {}
    )
    link = sandbox.kernels.folder / f"first-{time.monotonic_ns()}"
    start = time.perf_counter()
    async with driver.kernel(sandbox.kernels.connect(), link, request.kernel) as manager:
        run = runner.Run(manager, request, lambda *_: None)
        await run.everything()
        seconds = time.perf_counter() - start
        before_end()
        run.stop()
    return seconds


def first_cells(sandbox: Sandbox, count: int) -> list[float]:
    """Seconds from the request to the first executed cell, many times."""
    return [asyncio.run(one_cell(sandbox, lambda: None)) for _ in range(count)]


@contextmanager
def counted(counts: dict[str, float]) -> Iterator[None]:
    """Count the core-seconds of the student's cells, and of the judge's tests.

    The notebooks are driven from this process: only so its cells can be told from ours.
    """
    in_a_process, reply = client._follow, Session._reply

    async def process_time(run: Any) -> float:
        kc = run._client.kc
        asked = kc.execute(
            "", silent=True, user_expressions={"t": "__import__('time').process_time()"}
        )
        while True:
            reply = await kc.shell_channel.get_msg()
            if reply["parent_header"].get("msg_id") == asked:
                return float(reply["content"]["user_expressions"]["t"]["data"]["text/plain"])

    class CountingRun(runner.Run):
        async def _piece(self, index: int, one: Any) -> None:
            if one.is_check:
                return await super()._piece(index, one)
            before = await process_time(self)
            await super()._piece(index, one)
            counts["cells"] = counts.get("cells", 0.0) + await process_time(self) - before
            return None

    def follow_here(_: Any, guard: Any, request: DriverRequest, checkpoint: Any) -> Report:
        async def drive() -> Report:
            with tempfile.TemporaryDirectory() as folder:
                async with driver.kernel(guard, Path(folder, "k"), request.kernel) as manager:
                    run = CountingRun(manager, request, checkpoint)
                    try:
                        return await run.everything()
                    finally:
                        run.stop()

        return asyncio.run(drive())

    def counting_reply(self: Any, question: Any, folder: int, used: float) -> Any:
        judgement = reply(self, question, folder, used)
        if isinstance(judgement, Judgement):
            counts["tests"] = counts.get("tests", 0.0) + judgement.core_seconds
        return judgement

    client._follow, Session._reply = follow_here, counting_reply  # type: ignore[method-assign]
    try:
        yield
    finally:
        client._follow, Session._reply = in_a_process, reply  # type: ignore[method-assign]


def own_cost(one: Any, folder: Path) -> dict[str, float]:
    """Core-seconds per submission, one at a time: in all, the student's cells, the tests."""
    submissions = collect([folder])
    counts: dict[str, float] = {}
    with measured() as cost:
        grades = [one.grade(submission) for submission in submissions]
    with counted(counts):
        grades += [one.grade(submission) for submission in submissions]
    assert all(grade.score == 24 for grade in grades), [grade.problems for grade in grades]
    counts["all"] = cost.core_seconds
    return {name: value / len(submissions) for name, value in counts.items()}


def private_memory(sandbox: Sandbox) -> float:
    """Megabytes that a kernel, its init and its guard have for themselves after one import."""
    zygote = psutil.Process(sandbox.kernels._process.pid)
    before = {process.pid for process in zygote.children(recursive=True)}
    used: list[float] = []

    def look() -> None:
        ours = [p for p in zygote.children(recursive=True) if p.pid not in before]
        used.append(sum(process.memory_full_info().uss for process in ours) / 2**20)

    asyncio.run(one_cell(sandbox, look))
    return used[0]


def main() -> None:
    """Measure everything and print it as Markdown."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", help="MNIST as .npz; default: as autograder finds it")
    parser.add_argument("-n", type=int, default=8, help="submissions in the class")
    arguments = parser.parse_args()
    course = find_course(ROOT)
    build.ensure_built(course, "mnist")
    assignment = read_assignment(course, "mnist")
    data = datasets.find(arguments.data, os.environ)
    global LIMITS
    LIMITS = course.settings.limits
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = write_class(assignment, folder / "class", arguments.n)
        say("autograder grade")
        ours = with_autograder(folder, data.path)
        say("otter run")
        otter = with_otter(course, paths, folder, data.path)
        say("bare fit")
        fit = statistics.median(bare_fit(data.path) for _ in range(3))
        say("own cost")
        with open_grader(assignment, course.settings, data, choose("auto")) as one:
            cells = first_cells(one.sandbox, 25)
            memory = private_memory(one.sandbox)
            cost = own_cost(one, folder / "class")
        report(arguments.n, data, ours, otter, fit, cells, memory, cost)


LIMITS: Any = None


def say(text: str) -> None:
    """Say what is being measured."""
    print(f"measuring: {text}", file=sys.stderr, flush=True)


def report(
    count: int,
    data: datasets.Dataset,
    ours: Cost,
    otter: Cost,
    fit: float,
    cells: list[float],
    memory: float,
    cost: dict[str, float],
) -> None:
    """Print the figures as a Markdown table."""
    own = cost["all"] - cost["cells"]

    def row(name: str, *values: object) -> None:
        print("|", name, "|", " | ".join(str(value) for value in values), "|")

    print(f"{count} distinct, correct submissions, data {data.name}, {CORES} cores\n")
    row("", "`autograder grade`", f"`otter run`, {CORES} at once", "ratio")
    row("---", "---", "---", "---")
    each: list[tuple[str, Callable[[Cost], float]]] = [
        ("seconds per submission", lambda c: c.seconds / count),
        ("core-seconds per submission", lambda c: c.core_seconds / count),
    ]
    for name, of in each:
        row(name, f"{of(ours):.1f}", f"{of(otter):.1f}", f"{of(otter) / of(ours):.1f}")
    hourly = [3600 * count / c.seconds for c in (ours, otter)]
    row("submissions an hour", *(f"{n:.0f}" for n in hourly), f"{hourly[0] / hourly[1]:.1f}")
    row("peak memory, MB", *(f"{c.memory_mb:.0f}" for c in (ours, otter)), "")
    print()
    row("figure", "measured")
    row("---", "---")
    row("request to first executed cell, median", f"{statistics.median(cells):.3f} s")
    row("core-seconds per submission, warm, one at a time", f"{cost['all']:.2f}")
    row("of which the student's cells", f"{cost['cells']:.2f}")
    row("of which the tests' own arithmetic", f"{cost['tests']:.2f}")
    row("the grader's own cost (all but the student's cells), core-seconds", f"{own:.2f}")
    row("a bare `fit` on one thread, core-seconds", f"{fit:.2f}")
    row("core-seconds per submission over a bare `fit`", f"{cost['all'] / fit:.2f}")
    row("memory of a running submission before its own arrays, MB", f"{memory:.0f}")


if __name__ == "__main__":
    main()
