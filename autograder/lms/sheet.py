"""A CSV file of another program in which single cells are filled, and every other byte stays."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

_BOM = "\ufeff"
_DELIMITERS = (",", ";", "\t")


class SheetError(ValueError):
    """A CSV file that cannot be used as it is; says which row, and what to do."""


@dataclass(frozen=True, slots=True)
class SheetCell:
    """A cell's text, and where it stands in the file, quotes included."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Sheet:
    """A whole file. Rows are counted from 1 for people, the header is row 1."""

    text: str
    delimiter: str
    rows: tuple[tuple[SheetCell, ...], ...]

    @property
    def header(self) -> tuple[str, ...]:
        """The first row's texts, without spaces around them."""
        return tuple(cell.text.strip() for cell in self.rows[0])

    def cell(self, row: int, column: int | None) -> str:
        """A cell's text without spaces around it; empty where there is no such cell."""
        cells = self.rows[row]
        return "" if column is None or column >= len(cells) else cells[column].text.strip()

    def column(self, *names: str) -> int | None:
        """The first column with one of these names, whatever their case; None without one."""
        header = [name.casefold() for name in self.header]
        matching_names = [name.casefold() for name in names if name.casefold() in header]
        return header.index(matching_names[0]) if matching_names else None

    def filled(self, changes: Mapping[tuple[int, int], str]) -> str:
        """Return the file with some cells, named by row and column, replaced."""
        pieces, position = [], 0
        for (row, column), text in sorted(changes.items()):
            if column >= len(self.rows[row]):
                raise SheetError(
                    f"row {row + 1} has {len(self.rows[row])} cells where the header has "
                    f"{len(self.header)}. Export the file again."
                )
            cell = self.rows[row][column]
            quoted = self.text[cell.start : cell.end].startswith('"')
            pieces += [self.text[position : cell.start], self._written(text, quoted=quoted)]
            position = cell.end
        return "".join([*pieces, self.text[position:]])

    def _written(self, text: str, *, quoted: bool) -> str:
        if quoted or re.search(rf'[{re.escape(self.delimiter)}"\r\n]', text):
            return '"' + text.replace('"', '""') + '"'
        return text


def parse(content: bytes) -> Sheet:
    """Read a CSV file: UTF-8, separated by commas, semicolons or tabs. Raises SheetError."""
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise SheetError(
            "not UTF-8. Export the file again, and do not save it from a spreadsheet, or save it "
            "as `CSV UTF-8`."
        ) from None
    if not text.strip(f"{_BOM} \r\n"):
        raise SheetError("the file is empty. Export it again.")
    delimiter = max(_DELIMITERS, key=lambda each: _width(text, each))
    rows: list[tuple[SheetCell, ...]] = []
    position = _first(text)
    while position < len(text):
        row, position = _row(text, delimiter, position, len(rows) + 1)
        rows.append(row)
        if any(cell.text for cell in row[len(rows[0]) :]):
            raise SheetError(
                f"row {len(rows)} has {len(row)} cells, and the header {len(rows[0])}. Export the "
                "file again."
            )
    return Sheet(text, delimiter, tuple(rows))


def _first(text: str) -> int:
    return len(_BOM) if text.startswith(_BOM) else 0


def _width(text: str, delimiter: str) -> int:
    """How many cells the header has with a delimiter."""
    try:
        return len(_row(text, delimiter, _first(text), 1)[0])
    except SheetError:
        return 0


def _row(
    text: str, delimiter: str, position: int, number: int
) -> tuple[tuple[SheetCell, ...], int]:
    """Read one row; return its cells, and where the next one begins."""
    unquoted = re.escape(delimiter) + r"\r\n"
    field = re.compile(rf'"((?:[^"]|"")*+)"|([^"{unquoted}][^{unquoted}]*|)')
    cells = []
    while True:
        match = field.match(text, position)
        assert match is not None, "the second alternative may be empty"
        quoted = match[1] is not None
        cells.append(
            SheetCell(
                match[1].replace('""', '"') if quoted else match[2], match.start(), match.end()
            )
        )
        position = match.end()
        if text.startswith(delimiter, position):
            position += 1
            continue
        for line_end in ("\r\n", "\n", "\r"):
            if text.startswith(line_end, position):
                return tuple(cells), position + len(line_end)
        if position == len(text):
            return tuple(cells), position
        raise SheetError(
            f"row {number}, column {len(cells)}: a quotation mark is not closed, or text follows "
            "one. Export the file again."
        )


def number(text: str) -> float | None:
    """A number as Canvas and Moodle write one, with a decimal point or comma; None for others."""
    plain = text.strip()
    return float(plain.replace(",", ".")) if re.fullmatch(r"-?[0-9]+([.,][0-9]+)?", plain) else None
