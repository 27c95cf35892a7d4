"""Instead of a network an object that has every attribute, can be called and equals everything.

kind = "refuted"
flags = ["source"]
fails.q3 = "all"
fails.q4 = "all"
fails.q5 = "all"
fails.q6 = "all"
fails.q7 = "all"
fails.q8 = "all"
fails.q9 = "all"
"""

# %% q3
class Anything:
    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return Anything()

    def __call__(self, *arguments, **named):
        return Anything()

    def __iter__(self):
        return iter([Anything(), Anything()])

    def __eq__(self, other):
        return True

    def __sub__(self, other):
        return Anything()

    __hash__ = object.__hash__


network = Anything()
