"""
tries: to guess the answer: thirty checks of the same question with different values
holds: the best check counts, as in class, and staff are told how often it was checked
puts: q1
expects: q1=0..2 q2=3 q3=5; checked 31 times
"""

answer = 0
answer = 30
grader.check("q1")
answer = 31
grader.check("q1")
answer = 32
grader.check("q1")
answer = 33
grader.check("q1")
answer = 34
grader.check("q1")
answer = 35
grader.check("q1")
answer = 36
grader.check("q1")
answer = 37
grader.check("q1")
answer = 38
grader.check("q1")
answer = 39
grader.check("q1")
answer = 40
grader.check("q1")
answer = 41
grader.check("q1")
answer = 42
grader.check("q1")
answer = 43
grader.check("q1")
answer = 44
grader.check("q1")
answer = 45
grader.check("q1")
answer = 46
grader.check("q1")
answer = 47
grader.check("q1")
answer = 48
grader.check("q1")
answer = 49
grader.check("q1")
answer = 50
grader.check("q1")
answer = 51
grader.check("q1")
answer = 52
grader.check("q1")
answer = 53
grader.check("q1")
answer = 54
grader.check("q1")
answer = 55
grader.check("q1")
answer = 56
grader.check("q1")
answer = 57
grader.check("q1")
answer = 58
grader.check("q1")
answer = 59
grader.check("q1")
