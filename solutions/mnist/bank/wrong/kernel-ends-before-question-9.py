"""An extra cell before the last question ends the process.

not_reached.q9 = "all"
problems = ["the Python process ended"]
"""

# %% before q9
import os

os._exit(1)
