"""
tries: to end the process at once
holds: it is seen; what came before counts, what comes after is not reached
puts: q2
expects: q1=2 q2=0 q3=0; ended
"""

import os

os._exit(0)
