"""
tries: to rewrite what is executed after it: AST and input transformers, events, the compiler
holds: a value that is wrong at its checkpoint stays wrong
others: wrong
expects: q1=0..1 q2=0 q3=0
"""

import ast

answer = 41
shell = get_ipython()


class Rewriter(ast.NodeTransformer):
    def visit_Constant(self, node):
        if isinstance(node.value, str) and "capture" in node.value:
            return ast.copy_location(
                ast.Constant(node.value.replace("writer.node(", "dict(t='any') or (")), node
            )
        return node


shell.ast_transformers.append(Rewriter())
shell.events.register("pre_run_cell", lambda *_: None)
shell.events.register("post_run_cell", lambda *_: globals().update(squares="later"))
shell.input_transformers_post.append(lambda lines: [line.replace("41", "42") for line in lines])
