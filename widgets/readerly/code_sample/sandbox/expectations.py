"""Assertions that say in plain words what was expected: `assert total == 6` fails as "total should be 6, but is 5".

Only assertions without a message of their own are changed; each part of them is evaluated once, as before.
"""

import ast
from collections.abc import Callable
from typing import Any

EXPECT = "__readerly_expect__"
"""The name under which an assertion finds `expect`: it goes with the check's other names."""

LONGEST = 200
"""Characters of a value that a sentence shows."""

MENTIONED = {"printed": "what it prints", "value": "the last value", "source": "the source"}
"""What the parts of an attempt are called."""

WORDS: dict[type[ast.cmpop], tuple[str, Callable[[Any, Any], Any]]] = {
    ast.Eq: ("should be", lambda left, right: left == right),
    ast.NotEq: ("should not be", lambda left, right: left != right),
    ast.Lt: ("should be less than", lambda left, right: left < right),
    ast.LtE: ("should be at most", lambda left, right: left <= right),
    ast.Gt: ("should be more than", lambda left, right: left > right),
    ast.GtE: ("should be at least", lambda left, right: left >= right),
    ast.Is: ("should be", lambda left, right: left is right),
    ast.IsNot: ("should not be", lambda left, right: left is not right),
    ast.In: ("should be in", lambda left, right: left in right),
    ast.NotIn: ("should not be in", lambda left, right: left not in right),
}
"""What each comparison expects, and how it is made."""

BY_NAME = {kind.__name__: said for kind, said in WORDS.items()}


def worded(tree: ast.Module) -> ast.Module:
    """Return `tree` with its assertions saying what they expect."""
    return ast.fix_missing_locations(_Worded().visit(tree))


def shown(value: Any) -> str:
    """Return a value as a sentence shows it; what its `repr` raises is nobody's concern here."""
    try:
        text = repr(value)
    except Exception:
        text = f"<{type(value).__name__}>"
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}\u2026"


def expect(kind: str, left: Any, right: Any, about: str, wanted: str, literal: bool) -> None:
    """Raise AssertionError with a sentence unless `left` and `right` compare as `kind`, a key of `BY_NAME`.

    `about` and `wanted` are what they are called; `literal` where `wanted` is the value itself.
    """
    words, compare = BY_NAME[kind]
    if compare(left, right):
        return
    if kind in ("In", "NotIn"):
        about, wanted, left, right = wanted, about, right, left
        literal, words = True, "should contain" if kind == "In" else "should not contain"
    known = "" if literal else f", which is {shown(right)}"
    told = about != MENTIONED["source"] and kind not in ("NotEq", "IsNot")  # else the value says nothing new
    but = f"{',' if known else ''} but is {shown(left)}" if told else ""
    raise AssertionError(f"{_first(about)} {words} {wanted}{known}{but}.")


def _first(text: str) -> str:
    """Return `text` as a sentence begins: names stay as they are."""
    return text[0].upper() + text[1:] if text in MENTIONED.values() else text


class _Worded(ast.NodeTransformer):
    def visit_Assert(self, node: ast.Assert) -> ast.stmt:
        if node.msg is not None:
            return node
        match node.test:
            case ast.Compare(left=left, ops=[op], comparators=[right]):
                said = [type(op).__name__, left, right, called(left), called(right), literal(right)]
                arguments = [each if isinstance(each, ast.expr) else ast.Constant(each) for each in said]
                call = ast.Call(ast.Name(EXPECT, ast.Load()), arguments, [])
                return ast.copy_location(ast.Expr(call), node)
            case ast.UnaryOp(op=ast.Not(), operand=operand):
                node.msg = ast.Constant(f"{_first(called(operand))} should not be true.")
            case test:
                node.msg = ast.Constant(f"{_first(called(test))} should be true.")
        return node


def called(node: ast.expr) -> str:
    """Return what an expression is called: its source, or what it means in an attempt."""
    match node:
        case ast.Attribute(value=ast.Name(id="attempt"), attr=part) if part in MENTIONED:
            return MENTIONED[part]
        case _:
            return ast.unparse(node)


def literal(node: ast.expr) -> bool:
    """Return whether an expression is written as the value it has."""
    try:
        ast.literal_eval(node)
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return False
    return True
