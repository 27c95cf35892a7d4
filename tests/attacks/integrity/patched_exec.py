"""
tries: to run something else than the probe: exec, __import__, run_cell and do_execute are replaced
holds: without the probe nothing is earned
others: wrong
puts: q1
expects: q1=0 q2=0 q3=0
"""

import builtins

answer = 41
builtins.exec = lambda *_: None
shell = get_ipython()
kernel = shell.kernel


async def do_execute(code, silent, *_, **__):
    return {"status": "ok", "execution_count": 1, "payload": [], "user_expressions": {}}


kernel.do_execute = do_execute
shell.run_cell = lambda *_, **__: None
