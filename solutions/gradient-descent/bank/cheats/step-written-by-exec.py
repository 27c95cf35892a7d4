"""The step is made by `exec` from a text: what its tests call is nowhere to be read.

kind = "suspicious"
flags = ["source"]
"""

# %% q4
code = "def st" + "ep(w, g, rate): return w - rate * g"
exec(code)
