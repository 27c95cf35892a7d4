"""What Gradescope's two scripts start in its container.

    python -m autograder.cli.container ROOT                     setup.sh: grade the solution
    python -m autograder.cli.container ROOT CGROUP ISOLATION    run_autograder: the one submission

Gradescope shows the error stream to the instructor, and to no student.
"""

import sys
from pathlib import Path

from autograder.errors import AutograderError
from autograder.gradescope.container import main, set_up


def _set_up(root: Path) -> None:
    try:
        sys.stderr.write(f"{set_up(root, 'auto')}\n")
    except AutograderError as error:
        sys.stderr.write(f"autograder: {error}\n")
        sys.exit(error.exit_code)


if __name__ == "__main__":
    if len(sys.argv) == 2:
        _set_up(Path(sys.argv[1]))
    else:
        sys.stderr.write(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]))
