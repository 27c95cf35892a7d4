"""The class report's data and its page, without a browser."""

from __future__ import annotations

import base64
import hashlib
import html
import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.files import file_name
from autograder.records import Flag, Grade, Outcome, Override, Status
from autograder.reports.staff import data as class_data
from autograder.reports.staff import page as class_report
from tests.grades import MAX_SCORE, grade, question, sample_class, tiny_class, verdict

CLASS = sample_class(120)


def page(grades: list[Grade]) -> str:
    return class_report.page("mnist", grades, "2026-03-01")


def data(text: str) -> dict[str, object]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', text, re.S)
    assert found
    return dict(json.loads(found[1]))


def test_the_sample_class_has_every_kind() -> None:
    assert {grade.status for grade in CLASS} == set(Status)
    outcomes = {case.outcome for g in CLASS for v in g.questions for case in v.cases}
    assert outcomes == set(Outcome) - {Outcome.BY_HAND}
    for kind in ("flags", "remarks", "earlier", "problems"):
        assert any(getattr(grade, kind) for grade in CLASS), kind
    assert any(verdict.override for grade in CLASS for verdict in grade.questions)


def test_the_same_class_gives_the_same_bytes() -> None:
    assert page(sample_class(30)) == page(list(reversed(sample_class(30))))
    assert page(sample_class(30)) != page(sample_class(30, seed=1))


def test_scripts_are_allowed_by_their_hash_only() -> None:
    text = page(CLASS[:3])
    found = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert found
    policy = html.unescape(found[1])
    assert "script-src 'sha256-" in policy and "connect-src 'none'" in policy
    assert "unsafe" not in policy.partition("script-src")[2].partition(";")[0]
    for kind in ('type="text/plain" id="plotly"', None):
        tag = f"<script {kind}>" if kind else "<script>"
        (script,) = re.findall(f"{tag}(.*?)</script>", text, re.S)
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        assert f"'sha256-{digest}'" in policy


def test_the_page_says_that_it_is_for_staff() -> None:
    text = page(CLASS[:3])
    assert "<strong>Staff only.</strong>" in text and "(staff only)</title>" in text


def test_summary_counts_no_blank_as_zero() -> None:
    scores = [grade.final for grade in CLASS if grade.final is not None]
    found = class_report.summary(CLASS, class_data.needs(CLASS))
    assert (found["n"], found["scored"]) == (120, len(scores)) and len(scores) < 120
    assert found["mean"] == pytest.approx(sum(scores) / len(scores))
    assert sum(count for _, count in found["statuses"]) == 120


def test_who_needs_a_human_and_why() -> None:
    found = {need["why"]: need for need in class_data.needs(CLASS)}
    numbers = [number for number, grade in enumerate(CLASS) if grade.status is Status.UNGRADABLE]
    assert [number for number, _ in found["Could not be graded"]["who"]] == numbers
    assert "not a notebook" in found["Could not be graded"]["who"][0][1]
    assert not found["Points set by a human"]["open"]
    flagged = [number for number, grade in enumerate(CLASS) if grade.flags]
    assert sum(len(n["who"]) for why, n in found.items() if why.startswith("Flag")) == len(flagged)


@pytest.mark.parametrize("others", [False, True])
def test_cases_that_nobody_passed_stand_at_the_top(others: bool) -> None:
    asked = question("q1", ("easy", 1.0, ""), ("hard", 1.0, "Look again."))
    passed, failed = verdict(asked), verdict(asked, {1}, "wrong")
    grades = [grade(f"student-{n:02}", failed) for n in range(1, 4)]
    text = page([*grades, grade("student-04", passed)] if others else grades)
    assert ("Nobody passed this case." in text) is not others
    assert ("q1: hard" in text.partition("Who needs a human")[0]) is not others


def test_a_blank_score_that_a_human_filled_needs_nobody() -> None:
    blank = next(grade for grade in CLASS if grade.status is Status.UNGRADED)
    word = Override(1, "read by hand", "2026-03-01")
    filled = replace(blank, questions=tuple(replace(v, override=word) for v in blank.questions))
    assert [need["why"] for need in class_data.needs([filled])] == ["Points set by a human"]


def test_grades_made_from_other_tests_are_named() -> None:
    other = replace(CLASS[0], made_from={**CLASS[0].made_from, "tests": "b" * 64})
    needs = {need["why"]: need for need in class_data.needs([*CLASS[:5], other])}
    assert needs["Made from something else"]["who"] == [(5, "other than most: tests")]


def test_flags_of_questions_count_once() -> None:
    flag = Flag("source", "cell 1")
    verdict = replace(CLASS[0].questions[0], flags=(flag, Flag("fast training", "q6")))
    grade = replace(CLASS[0], questions=(verdict,), flags=(flag,))
    assert class_data.flags(grade) == [flag, Flag("fast training", "q6")]


def test_bars_hold_every_score_once() -> None:
    bars = class_data.bars(CLASS)
    held = sorted(number for bar in bars for number in bar["who"])
    assert held == [number for number, grade in enumerate(CLASS) if grade.final is not None]
    for bar in bars:
        assert all(bar["from"] <= (CLASS[n].final or 0) < bar["to"] for n in bar["who"])
    assert (bars[0]["from"], bars[-1]["from"]) == (0, MAX_SCORE)


@pytest.mark.parametrize("points", [-3.0, 100.0, 0.30000001])
def test_bars_hold_what_an_override_makes_of_a_score(points: float) -> None:
    word = Override(points, "", "")
    grade = replace(CLASS[0], questions=(replace(CLASS[0].questions[0], override=word),))
    bars = class_data.bars([grade, CLASS[1]])
    assert sum(len(bar["who"]) for bar in bars) == 2 and len(bars) <= 27


def test_messages_that_differ_in_numbers_are_one() -> None:
    (first, *_) = class_data.messages(CLASS)
    assert first["varies"] > 1 and len(first["who"]) >= first["varies"]
    counts = [len(message["who"]) for message in class_data.messages(CLASS)]
    assert counts == sorted(counts, reverse=True)


def test_each_student_is_linked_to_its_feedback() -> None:
    students = data(page(CLASS[:5]))["students"]
    assert isinstance(students, list)
    assert [s["file"] for s in students] == [
        f"feedback/{file_name(grade.submission)}.html" for grade in CLASS[:5]
    ]


def test_what_is_cut_is_said() -> None:
    assert class_data.cut("x" * 10, 10) == "x" * 10
    assert class_data.cut("x" * 2010) == "x" * 2000 + "… (10 more characters)"


def test_a_question_that_some_grades_do_not_have() -> None:
    short = replace(CLASS[0], submission="short", questions=CLASS[0].questions[:3])
    students = data(page([short, CLASS[1]]))["students"]
    assert isinstance(students, list)
    found = next(student for student in students if student["id"] == "short")
    assert found["points"][3:] == [None] * 6 and found["cases"].endswith(" ")


def test_data_is_no_html() -> None:
    text = str(class_report.island({"x": "</script><!-- & \u2028"}))
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text) == {"x": "</script><!-- & \u2028"}


def test_nobody_handed_in(tmp_path: Path) -> None:
    path = class_report.write(tmp_path, "mnist", [], "2026-03-01")
    assert path == tmp_path / "report.html"
    assert "Submissions</dt><dd>0" in path.read_text(encoding="utf-8")


def test_shares_are_not_rounded_to_none_or_all() -> None:
    assert [class_report._percent(share) for share in (0, 0.001, 0.5, 0.999, 1)] == [
        "0 %", "under 1 %", "50 %", "over 99 %", "100 %",
    ]  # fmt: skip


NETWORKS = ("network", "digit", "accurac", "epoch", "learning curve", "MNIST", "Keras", "training")


def test_a_class_without_measurements_has_no_word_of_networks() -> None:
    plain = [replace(each, facts={}) for each in tiny_class()]
    whole = class_report.page("tiny", plain, "today")
    text = re.sub(r"<(style|script).*?</\1>", "", whole, flags=re.S)
    assert not [word for word in NETWORKS if word.lower() in text.lower()]
    assert 'href="#accuracies"' in page(CLASS) and 'href="#curves"' in page(CLASS)
