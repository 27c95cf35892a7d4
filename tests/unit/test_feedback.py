"""Feedback pages: what a student reads, and what never stands there."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from autograder.records import (
    CaseVerdict,
    Flag,
    Grade,
    Outcome,
    Override,
    Problem,
    QuestionVerdict,
    Status,
)
from autograder.reports import facts as measured
from autograder.reports.student import charts
from autograder.reports.student import page as feedback
from tests.grades import (
    FIVE,
    SECRETS,
    blank,
    text_problem,
    tiny_class,
    trained,
    trained_class,
    trained_facts,
)


def page(grade: Grade, size: int = 0) -> str:
    return feedback.page("mnist", grade, feedback.class_summary(trained_class(size)))


def text_of(html: str) -> str:
    body = html.partition("<body>")[2]
    return re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", body))


def test_the_page_says_what_was_checked_found_and_what_helps() -> None:
    text = text_of(page(trained()))
    assert "student-01" in text and "9.5 of 12 points" in text
    assert "pixels reach from 0 to 1" in text and "Divided by 255 twice?" in text
    assert "hidden test The network itself does not reach the accuracy" in text
    assert "all 2 tests passed" in text and "0 of 2 tests passed" in text
    assert "all or nothing" in text


def test_what_is_for_staff_stays_out() -> None:
    grade = trained(flags=(Flag("gap", SECRETS[3]),))
    html = page(grade, 9)
    for secret in (*SECRETS, "5ec4e7", "bounds", "0.97, 1.0"):
        assert secret not in html, secret


def test_a_class_shows_no_other_student() -> None:
    html = page(trained("student-77"), 9)
    assert "median of the class (9 networks)" in text_of(html)
    assert not re.search(r"student-(?!77)", html)


def test_the_page_needs_nothing_and_runs_nothing() -> None:
    html = page(trained(), 9)
    assert "default-src 'none'" in html
    assert "<script" not in html and "@import" not in html and "url(" not in html
    assert set(re.findall(r'src="(\w+:)', html)) == {"data:"}
    assert len(html.encode()) < 300_000


def test_same_grade_same_bytes(tmp_path: Path) -> None:
    summary = feedback.class_summary(trained_class(6))
    first = feedback.write(tmp_path, "mnist", trained("a/b c"), summary)
    before = first.read_bytes()
    assert feedback.write(tmp_path, "mnist", trained("a/b c"), summary) == first
    assert first.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == [first.name]
    assert re.fullmatch(r"a-b-c-[0-9a-f]{8}\.html", first.name)


def test_links_lead_to_a_place_on_the_page() -> None:
    html = page(trained(), 9)
    places = re.findall(r' id="([^"]+)"', html)
    targets = re.findall(r'href="#([^"]*)"', html)
    assert len(places) == len(set(places))
    assert {"question-q1", "cell-4", "notebook"} <= set(targets) <= set(places)


def test_each_verdict_stands_below_its_cell() -> None:
    html = page(trained())
    order = re.findall(r'id="cell-(\d+)"|aria-label="Verdict on (q\d)"', html)
    found = [(cell or f"verdict {name}") for cell, name in order]
    assert found[found.index("verdict q1") - 1] == "4"
    assert found[found.index("verdict q7") - 1] == "11"
    text = text_of(html)
    assert "Your first neural network" in text and "keras.io" in html
    assert "NameError" in text and "it writes the zip to hand in" in text
    assert "train_images =" in re.sub(r"\s+", " ", re.sub(r"<[^>]*>", "", html))


def test_an_ungradable_submission_says_what_to_do() -> None:
    problem = Problem("text", {"text": "not a notebook: the file is empty"}, "ipynb")
    text = text_of(page(blank("student-01", FIVE, Status.UNGRADABLE, problem)))
    assert "could not be graded" in text and "Hand in the .ipynb." in text
    assert "Ask" not in text and "– of 12 points" in text and "0 of 12" not in text
    assert "not your fault" not in text


def test_an_ungraded_submission_is_not_the_students_fault() -> None:
    text = text_of(
        page(
            blank(
                "student-01",
                FIVE,
                Status.UNGRADED,
                Problem("our fault", {"error": "KitError(/tmp/x)"}, ours=True),
            )
        )
    )
    assert "not graded yet" in text and "not your fault" in text
    assert "KitError" not in text and "– of 12 points" in text and " 0 /" not in text


def test_problems_and_remarks_stand_near_the_top() -> None:
    ended = "q7 (cell 11) stopped after 60 s: is there an endless loop?"
    problems = (text_problem(ended), Problem("our fault", {"error": "secret"}, ours=True))
    grade = trained(status=Status.PROBLEMS, problems=problems, remarks=("handed in late",), earlier=("one.ipynb",))  # fmt: skip
    text = text_of(page(grade))
    top = text.partition(" Questions ")[0]
    assert ended in top and "handed in late" in top and "You handed in 2 times" in top
    assert "our fault" not in text and "one.ipynb" not in text


def test_what_was_not_reached_says_why_once() -> None:
    grade = trained()
    last = grade.questions[-1]
    why = "not reached: the Python process ended"
    cases = tuple(CaseVerdict(case.case, Outcome.NOT_REACHED, why, why) for case in last.cases)
    lost = QuestionVerdict(last.question, cases, 0.0)
    html = page(replace(grade, questions=(*grade.questions[:-1], lost), executed=""))
    assert html.count(why) == 1
    assert "0 / 2 not reached" in text_of(html)


def test_what_was_found_twice_is_said_once() -> None:
    grade = trained(failed={"q1": [0, 1, 3], "q2": [0, 1]}, executed="")
    text = text_of(page(grade))
    q1 = text.partition(" q1 0.5 / 3 1 of 4")[2].partition(" q2 ")[0]
    assert q1.count("Divided by 255 twice?") == 1 and q1.count("The same as above.") == 1
    assert "The same" not in text.partition(" q2 0 / 2 0 of 2")[2]


def test_an_override_stands_beside_the_automatic_mark() -> None:
    grade = trained()
    last = replace(grade.questions[-1], override=Override(1.5, "Shown in <office> hours.", "2026-01-01T10:00:00Z"))  # fmt: skip
    text = text_of(page(replace(grade, questions=(*grade.questions[:-1], last))))
    assert "11 of 12 points" in text and "changed by hand, automatic: 9.5" in text
    assert "Set by hand to 1.5 of 2 (automatic: 0). Reason: Shown in &lt;office&gt; hours." in text


def test_a_hint_of_a_public_case_follows_what_was_found() -> None:
    grade = trained(failed={})
    first = grade.questions[0]
    case = replace(first.cases[0].case, hint="Use reshape.")
    cases = (CaseVerdict(case, Outcome.FAILED, "`x` is wrong."), *first.cases[1:])
    html = page(replace(grade, questions=(replace(first, cases=cases, earned=2.5),), executed=""))
    assert "x is wrong. Hint: Use reshape." in text_of(html.replace("<code>x</code>", "x"))


ODD_FACTS: dict[str, Any] = {
    "nothing": {},
    "texts": dict.fromkeys(trained_facts(), "abc"),
    "nulls": dict.fromkeys(trained_facts()),
    "numbers": dict.fromkeys(trained_facts(), 7),
    "odd rows": {"history": {"loss": [None, "a", True, [1], {}], "accuracy": []}, "wrong": [3, None, {}], "confusion": [[1] * 10] * 9},
    "not finite": {"history": {"loss": [math.nan, math.inf, -math.inf, 1e300, 10**400]}, "test_accuracy": math.nan},
    "negative": {"confusion": [[-1] * 10] * 10, "untrained_accuracy": -1},
    "names": {"history": {"<script>alert(1)</script>": [1], "loss": [1]}},
    "digits": {"wrong": [{"index": 1, "label": 11, "predicted": 3, "probabilities": [0.1] * 10, "image": "AAAA"}, {**trained_facts()["wrong"][0], "image": "é"}, {**trained_facts()["wrong"][0], "probabilities": [math.nan] * 10}]},
    "all right": {"confusion": [[10 * (i == j) for i in range(10)] for j in range(10)]},
    "one epoch": {"history": {"loss": [0.0], "accuracy": [1.0]}},
    "empty": {"confusion": [[0] * 10] * 10, "wrong": [], "history": {}},
    "long": {"history": {"loss": [0.1] * 5_000}},
}  # fmt: skip


@pytest.mark.parametrize("name", ODD_FACTS)
def test_odd_facts_never_break_a_page(name: str) -> None:
    html = page(trained(facts=ODD_FACTS[name]), 6)
    assert "9.5" in html and "nan" not in text_of(html) and "<script" not in html
    assert len(html) < 150_000


def test_own_curve_and_median_are_drawn_and_written() -> None:
    facts = {"history": {"loss": [2.5, 1.25], "acc": [0.25, None], "val_loss": [3.0, 2.0]}}
    html = page(trained(facts=facts), 5)
    text = text_of(html)
    assert "yours, validation" in text and "epoch yours yours, validation median" in text
    assert "1 2.5 3" in text and re.search(r"2 – 0\.\d+", text)
    assert 'aria-label="Loss after each epoch. yours: 2.5, 1.25.' in html


def test_the_class_has_medians_from_five_histories_on() -> None:
    grades = [
        trained(facts={"history": {"loss": [float(i), 1.0][: 2 - (i == 5)]}}) for i in range(6)
    ]
    assert feedback.class_summary(grades[:4]) is None
    assert feedback.class_summary([*grades[:4], trained(facts={})]) is None
    summary = feedback.class_summary(iter(grades))
    assert summary == measured.ClassSummary({"loss": (2.0, 1.0)}, {"loss": 5})
    assert feedback.class_summary(grades[5:] * 9) is None, "one epoch is no curve"


@pytest.mark.parametrize(("low", "high"), [(0, 1), (0.92, 0.9912), (0.3, 0.3), (0, 0), (-5, 1e9), (1e-9, 2e-9), (-3, -3)])  # fmt: skip
def test_an_axis_has_few_round_numbers_around_the_values(low: float, high: float) -> None:
    ticks = charts.axis(low, high)
    assert 2 <= len(ticks) <= 7
    assert ticks[0] <= low <= high <= ticks[-1] and ticks[0] < ticks[-1]


def test_a_page_without_measurements_has_no_word_of_networks() -> None:
    words = ("network", "digit", "accurac", "epoch", "MNIST", "Keras", "training")
    for each in tiny_class():
        text = re.sub(r"<style.*?</style>", "", feedback.page("tiny", each, None), flags=re.S)
        assert not [word for word in words if word.lower() in text.lower()]
