"""Commands that make a course and its assignments."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.cli.group import main
from autograder.cli.shared import say


@main.command()
@click.argument("what", metavar="COURSE[/NAME]|NAME")
@click.pass_obj
def new(course_folder: Path | None, what: str) -> None:
    """Make a course, or an assignment in one; nothing that exists is changed.

    COURSE is a folder that does not exist yet, COURSE/NAME an assignment in it. Within a course, or
    with --course, NAME alone is enough. The assignment is small and works as it is: a question
    about a value, one about a function, their tests, and a bank of answers. Change it into yours.

    \b
    Example:
      autograder new statistics/week-1
    """
    from autograder.course import config, scaffold

    root, name = _meant(course_folder, Path(what))
    if not root.joinpath(config.CONFIG_FILE).is_file():
        scaffold.new_course(root)
        click.echo(f"{root}: a new course; its README.md says what is where")
    if not name:
        say(f"Next: autograder new {root}/NAME, or autograder --course {root} import PATH")
        return
    folder = scaffold.new_assignment(root, name)
    click.echo(f"{folder}: a new assignment; edit its master.py")
    say(f"Next: autograder --course {root} build {name}")


def _meant(course_folder: Path | None, what: Path) -> tuple[Path, str]:
    """The course's folder and the assignment's name, which is empty for a course alone."""
    from autograder.course import config

    if len(what.parts) > 1:
        exists = what.parent.joinpath(config.CONFIG_FILE).is_file()
        is_course = exists or not what.parent.exists()
        return (what.parent, what.name) if is_course else (what, "")
    if course_folder is not None:
        return config.find_course(course_folder.resolve()).root, what.name
    above = (Path.cwd(), *Path.cwd().parents)
    if not any(folder.joinpath(config.CONFIG_FILE).is_file() for folder in above):
        return what, ""
    return config.find_course(Path.cwd()).root, what.name
