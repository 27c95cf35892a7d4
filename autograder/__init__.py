"""Auto-graded deep-learning assignments: Otter tests, run behind a wall."""

import logging
import sys
from importlib.metadata import version
from types import ModuleType
from typing import cast

__version__ = version("autograder")

UNUSED = ("rfc3987_syntax", "isoduration", "jupyter_server")
"""What libraries load where they can, and nothing here uses: out of the first two jsonschema makes
grammars of addresses and durations, a second in each process that reads a notebook; Jupytext would
extend the server."""

logging.getLogger(__name__).addHandler(logging.NullHandler())  # only a kept log speaks
for _name in UNUSED:
    sys.modules.setdefault(_name, cast(ModuleType, None))  # as if they were not installed
