"""
tries: to close every descriptor of the kernel
holds: the submission ends, the batch goes on
puts: q2
expects: q1=2 q2=0..3 q3=0..5
"""

import os

squares = np.zeros(10)
os.closerange(0, 4096)
