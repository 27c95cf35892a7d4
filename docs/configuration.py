"""Writes the table of `docs/configuration.md` anew: `python -m docs.configuration`."""

from __future__ import annotations

from pathlib import Path

from autograder.course.config import KEYS

PAGE = Path(__file__).parent / "configuration.md"
HEAD = "| key | default | allowed | meaning |\n|---|---|---|---|\n"


def with_table(page: str) -> str:
    """Return the page with its table as the code has it; the rest stays."""
    before, _, rest = page.partition(HEAD)
    after = rest[rest.index("\n\n") :]
    rows = (
        f"| `kit.{name}` | {key.default} | {key.least} to {key.most} | {key.meaning} |"
        for name, key in KEYS.items()
    )
    return before + HEAD + "\n".join(rows) + after


if __name__ == "__main__":
    PAGE.write_text(with_table(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
