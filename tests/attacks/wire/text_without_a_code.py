"""
tries: lone surrogates, control characters and markup in what tests and reports will print
holds: the submission is graded and can be stored and printed
expects: q1=0 q2=3 q3=5
"""
answer = "\udcff\ud800\x00\x1b[31m</td><script>alert(1)</script>=1+1\u202e"
