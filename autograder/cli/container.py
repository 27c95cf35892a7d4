"""What `run_autograder` starts in Gradescope's container: grade the one submission there.

    python -m autograder.cli.container ROOT CGROUP ISOLATION

Gradescope shows the error stream to the instructor, and to no student.
"""

import sys
from pathlib import Path

from autograder.gradescope.container import main

if __name__ == "__main__":
    sys.stderr.write(main(Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3]))
