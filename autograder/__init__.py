"""Auto-graded deep-learning assignments: Otter tests, run behind a wall."""

import logging
import sys
from importlib.metadata import version
from types import ModuleType
from typing import cast

__version__ = version("autograder")

GRAMMARS = ("rfc3987_syntax", "isoduration")
"""jsonschema, which nbformat loads, would make grammars of addresses and durations out of these: a
second in each process, and no notebook is checked against them. It goes without where it must."""

logging.getLogger(__name__).addHandler(logging.NullHandler())  # only a kept log speaks
for _name in GRAMMARS:
    sys.modules.setdefault(_name, cast(ModuleType, None))  # as if they were not installed
