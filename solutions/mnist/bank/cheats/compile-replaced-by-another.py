"""`compile` is wrapped: whatever is asked for, Adam does the work.

kind = "refuted"
flags = ["source"]
fails.q4 = ["optimizer_is_rmsprop"]
"""

# %% before q4
compile_as_asked = keras.Model.compile


def compile_better(self, optimizer="rmsprop", **named):
    compile_as_asked(self, optimizer="adam", **named)


keras.Model.compile = compile_better
