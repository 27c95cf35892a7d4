"""Before the training the process ends with the exit code of success.

kind = "refuted"
problems = ["the Python process ended"]
not_reached.q6 = "all"
not_reached.q7 = "all"
not_reached.q8 = "all"
not_reached.q9 = "all"
"""

# %% after q5
import os

print("Total Score: 24.000 / 24.000 (100.000%)", flush=True)
os._exit(0)
