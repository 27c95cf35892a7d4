"""The shell rewrites every call of `evaluate` to two numbers before a cell runs.

kind = "refuted"
fails.q7 = ["they_are_what_the_trained_network_scores"]
fails.q9 = ["training_accuracy_is_that_of_this_network"]
"""

# %% before q7
import ast


class Wishes(ast.NodeTransformer):
    def visit_Call(self, node):
        self.generic_visit(node)
        if isinstance(node.func, ast.Attribute) and node.func.attr == "evaluate":
            return ast.copy_location(ast.parse("(0.0004, 0.9999)", mode="eval").body, node)
        return node


get_ipython().ast_transformers.append(Wishes())
