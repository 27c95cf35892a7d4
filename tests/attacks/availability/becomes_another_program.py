"""
tries: to replace the kernel by another program, which keeps its place
holds: what came before counts, nothing is left
puts: q2
expects: q1=2 q2=0 q3=0
"""

import os

os.execv("/bin/sleep", ["sleep", "1"])
