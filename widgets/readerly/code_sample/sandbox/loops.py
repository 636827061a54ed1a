"""`asyncio.run` in a sample: the runner's own event loop runs already, and takes the coroutine over.

Where Python can be suspended, Pyodide's `asyncio.run` waits for it. Elsewhere a call at the top of a sample is read as
`await`, which comes to the same, and one inside a function says what to write.
"""

import ast

RUNS = {"run", "run_until_complete"}

NESTED = (
    "asyncio.run() works only at the top of a sample here, outside functions: this browser cannot suspend Python in "
    "the middle of one. An event loop runs already, so that you can write await main() instead."
)


class _Awaiting(ast.NodeTransformer):
    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        match node:
            case ast.Call(func=ast.Attribute(attr=name), args=[coroutine, *_]) if name in RUNS and _is_loop(node.func):
                return ast.copy_location(ast.Await(coroutine), node)
            case _:
                return node

    def _leave(self, node: ast.AST) -> ast.AST:
        return node

    visit_FunctionDef = visit_AsyncFunctionDef = visit_ClassDef = visit_Lambda = _leave
    visit_ListComp = visit_SetComp = visit_DictComp = visit_GeneratorExp = _leave


def _is_loop(function: ast.expr) -> bool:
    text = ast.unparse(function)
    return text == "asyncio.run" or text.endswith(".run_until_complete")


def awaited(tree: ast.Module) -> ast.Module:
    """Return `tree` with `await` in the place of `asyncio.run` and `run_until_complete` at its top level."""
    return ast.fix_missing_locations(_Awaiting().visit(tree))
