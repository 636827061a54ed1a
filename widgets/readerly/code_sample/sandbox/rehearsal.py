"""What a Python runs before any sample, so that a sample does not pay for what is done once."""

import functools
import itertools
import operator
import os
import types
from collections import deque
from collections.abc import Callable
from typing import Any

USUAL = (
    "for n in range(3):\n    print(n, f'{n:>2}')\nn * n",
    "print(mistaken)",
    """\
import math

prices = {"tea": 2.5, "coffee": 3, "cocoa": math.ceil(2.8)}
longest = max(len(drink) for drink in prices)
for drink, price in prices.items():
    print(f"{drink:<{longest}} {price:>6.2f}")
""",
    """\
class Point:
    def __init__(self, x, y=0):
        self.x, self.y = x, y

    def __repr__(self):
        return f"Point({self.x}, {self.y})"

def root(n: int) -> float:
    if n < 0:
        raise ValueError(n)
    return n ** 0.5

try:
    root(-1)
except ValueError as error:
    print(error, end="")
[Point(n, root(n)) for n in range(4) if n % 2 == 0]
""",
    """\
words = "the quick brown fox".split()
lengths = sorted({word: len(word) for word in words}.items(), key=lambda each: each[1], reverse=True)
while words and words[-1] != "the":
    words.pop()
first, *rest = lengths[1:]
assert rest[0][0] is not None and not words == rest, "-"
""",
)
"""Sources of no account, like those of samples; one has an error. An image of memory that has run them holds what
Python prepares at its first run, and a browser has compiled what all runs need."""

_held: list[Any] = [[0], (0,), {0}, {0: 0}, range(1), types.MappingProxyType({0: 0}), {0: 0}.keys(), deque([0])]
_shown: list[Any] = [0, 0.0, 0j, None, ValueError(), KeyError(0), OSError(), ImportError(), int, types]
_named: list[Any] = [0, int, types, super(int, True), list[int], types.MethodType(len, "")]


def _of_python(_: object) -> None:
    pass


_called: list[Any] = [len, any, all, callable, id, str, list, bool, sum, sorted, os.fspath, "".join, str.upper]
_called += [types.MethodType(operator.contains, ""), _of_python]

ASKED: list[Any] = [
    (operator.call, _called, [""] * len(_called)),
    (operator.getitem, [[0], (0,), {0: 0}, "a", b"a", range(1), types.MappingProxyType({0: 0}), deque([0])], [0] * 8),
    (getattr, _named, ["__class__"] * len(_named)),
    (operator.contains, _held, [0] * len(_held)),
    (isinstance, _named, [int] * len(_named)),
    (len, _held),
    (bool, _held + _shown),
    (str, _held + _shown),
    (repr, _held + _shown),
    (iter, _held),
    (list, _held),
]
"""What is asked, and of what: a function, and columns of its arguments. In C it calls what a type has of its own."""

_take: Callable[..., Any] = deque[Any](maxlen=0).extend
vary: Callable[[], Any] = functools.partial(_take, itertools.chain.from_iterable(itertools.starmap(map, ASKED)))
"""Asks different types, once, for what samples ask them for.

A browser compiles Python's main loop as soon as it has run for a moment, with the functions that it has called until
then in their places, and compiles it anew where a sample comes that calls another one: a third of a second of a
processor. Where it has seen five (V8's `kMaxPolymorphism` and one) it expects any. They are called from C here, since
the main loop is compiled after some hundred steps of its own.
"""
