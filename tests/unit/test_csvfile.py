"""Reading and filling CSV files of others: what the csv module reads, and not a byte more changed."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.lms.sheet import SheetError, number, parse

TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\0\ufeff"), max_size=6)
TABLES = st.integers(2, 4).flatmap(
    lambda width: st.lists(st.lists(TEXT, min_size=width, max_size=width), min_size=1, max_size=4)
)


@given(
    TABLES, st.sampled_from(",;\t"), st.sampled_from(["\n", "\r\n"]), st.booleans(), st.booleans()
)
def test_reads_what_csv_writes(
    table: list[list[str]], delimiter: str, line_end: str, bom: bool, all_quoted: bool
) -> None:
    table = [[f"{delimiter}h{n}" for n in range(len(table[0]))], *table]  # tells the delimiter
    text = io.StringIO(newline="")
    returns = any("\r" in cell for row in table for cell in row)  # csv writes one unquoted
    quoting = csv.QUOTE_ALL if all_quoted or returns else csv.QUOTE_MINIMAL
    csv.writer(text, delimiter=delimiter, lineterminator=line_end, quoting=quoting).writerows(table)
    content = "\ufeff" * bom + text.getvalue()
    sheet = parse(content.encode())
    assert sheet.delimiter == delimiter
    assert [[cell.text for cell in row] for row in sheet.rows] == table
    assert sheet.filled({}) == content
    last = len(table) - 1
    filled = parse(sheet.filled({(last, 0): 'x"\n,;', (0, 1): "y"}).encode())
    table[last][0], table[0][1] = 'x"\n,;', "y"
    assert [[cell.text for cell in row] for row in filled.rows] == table


def test_a_short_row_is_not_filled_beyond_its_end() -> None:
    sheet = parse(b"a,b,c\n1\n")
    with pytest.raises(SheetError, match="row 2 has 1 cells where the header has 3"):
        sheet.filled({(1, 2): "x"})


@pytest.mark.parametrize(("text", "value"), [("4", 4), (" 2,50 ", 2.5), ("2.5", 2.5), ("EX", None), ("", None), ("1.000,5", None), ("٣", None)])  # fmt: skip
def test_number(text: str, value: float | None) -> None:
    assert number(text) == value
