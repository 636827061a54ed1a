"""What an expression stands for, told without running it: after calls, indexes and literals."""

from __future__ import annotations

import collections
import datetime
import enum
import functools
import json
import sys
from dataclasses import dataclass

import pytest

from readerly.code_sample.sandbox import looking


class Leaf:
    """What a cup is made of, and what says when anything of it is asked."""

    ran: list[str] = []
    size = 3

    def __init__(self):
        self.curled = True

    def __dir__(self):
        self.ran.append("dir")
        return []

    def __getattribute__(self, name):
        Leaf.ran.append(name)
        return object.__getattribute__(self, name)

    def __getattr__(self, name):
        Leaf.ran.append(name)
        raise AttributeError(name)

    def __getitem__(self, at):
        Leaf.ran.append("item")

    def __call__(self):
        Leaf.ran.append("call")

    def __eq__(self, other):
        Leaf.ran.append("eq")
        return False

    def __hash__(self):
        return hash("key")

    @property
    def twig(self) -> Twig:
        Leaf.ran.append("twig")

    @functools.cached_property
    def branch(self) -> Twig | None:
        Leaf.ran.append("branch")

    @property
    def unsaid(self):
        Leaf.ran.append("unsaid")


class Twig:
    length = 1


@dataclass
class Pot:
    litres: float

    def pour(self) -> Twig | None:
        Leaf.ran.append("pour")

    async def boil(self) -> Twig:
        Leaf.ran.append("boil")

    def rinse(self) -> typing_self:
        Leaf.ran.append("rinse")

    @classmethod
    def of(cls) -> list[Twig]:
        Leaf.ran.append("of")


class Tea(enum.Enum):
    ASSAM = 1

    @property
    def steeps(self):
        pass


typing_self = Pot


def strange(x):
    pass


strange.__annotations__ = {"return": "absent.Thing"}


def brew(x) -> str:
    Leaf.ran.append("brew")


NAMESPACE = {
    "leaf": Leaf(),
    "Leaf": Leaf,
    "pot": Pot(1.0),
    "Pot": Pot,
    "Tea": Tea,
    "brew": brew,
    "strange": strange,
    "rows": [Twig(), {"a": (Leaf(), 1.5)}],
    "odd": {Leaf(): 1, "key": Twig()},
    "sub": type("Sub", (dict,), {"__getitem__": lambda self, at: Leaf.ran.append("sub")})({"a": 1}),
    "json": json,
    "day": datetime.date(2026, 11, 1),
    "lots": collections.OrderedDict(a=Twig()),
}

STR, LIST, TWIG = ["upper"], ["append"], ["length"]


def found(text):
    """The names offered after `text`."""
    said = []
    looking.look("names", text, 7, NAMESPACE, lambda *message: said.append(message))
    return json.loads(said[0][1])


@pytest.fixture(autouse=True)
def nothing_runs():
    Leaf.ran.clear()
    yield
    assert Leaf.ran == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("'abc'.", STR),
        ("f'{leaf}'.", STR),
        ("[leaf(), 2].", LIST),
        ("[x for x in y].", LIST),
        ("{}.", ["setdefault"]),
        ("{1}.", ["intersection"]),
        ("(1).", ["bit_length"]),
        ("'a b'.split().", LIST),
        ("'a'.upper().encode().", ["decode"]),
        ("'abc'[0].", STR),
        ("'abc'[1:].", STR),
        ("rows[:1].", LIST),
        ("rows[0].", TWIG),
        ("rows[-2].", TWIG),
        ("rows[1]['a'][1].", ["is_integer"]),
        ("rows[1]['a'][0].", ["branch", "curled", "ran", "size", "twig", "unsaid"]),
        ("odd['key'].", TWIG),
        ("leaf.size.", ["bit_length"]),
        ("leaf.curled.", ["bit_length"]),
        ("leaf.twig.", TWIG),
        ("leaf.branch.", TWIG),
        ("Leaf().twig.", TWIG),
        ("Leaf().size.", ["bit_length"]),
        ("Leaf().", ["branch", "ran", "size", "twig", "unsaid"]),
        ("pot.pour().", TWIG),
        ("Pot(2.0).pour().", TWIG),
        ("Pot(2.0).", ["litres", "of", "pour"]),
        ("pot.rinse().rinse().pour().", TWIG),
        ("(await pot.boil()).", TWIG),
        ("Pot.of().", LIST),
        ("brew(\n  1).", STR),
        ("brew.", []),
        ("Tea.ASSAM.", ["steeps"]),
        ("sorted(rows).", LIST),
        ("json.dumps(1).", []),
        ("json.decoder.JSONDecoder().", ["decode"]),
        ("day.year.", ["bit_length"]),
        ("day.isoformat.", []),
    ],
)
def test_what_an_expression_has_is_found(text, names):
    assert set(names) <= set(found(text))


@pytest.mark.parametrize(
    "text",
    [
        "leaf().",
        "leaf[0].",
        "leaf.unsaid.",
        "leaf.absent.",
        "leaf.absent().",
        "rows[9].",
        "rows[leaf].",
        "odd[('key',)].",
        "odd['none'].",
        "sub['a'].",
        "lots['a'].",
        "pot.boil().",
        "(await pot.pour()).",
        "strange(1).",
        "type(leaf).",
        "(leaf == leaf).",
        "(lambda: leaf)().",
        "(leaf + 1).",
        "12.",
        "1_000.",
        "pour(",
        "a" + "()" * 400 + ".b",
        "pot" + ".rinse()" * 120 + ".absent.",
        "(" * 900 + ".",
    ],
)
def test_nothing_is_said_of_what_cannot_be_told(text):
    assert found(text) == []


def test_names_that_begin_so_and_hidden_ones():
    assert found("pot.pour().le") == ["length"]
    assert found("rows[0].__cl") == ["__class__"]
    assert all(not name.startswith("__") for name in found("rows[0]._"))


@pytest.mark.skipif(sys.version_info < (3, 13), reason="a class says its instances' attributes since Python 3.13")
def test_attributes_that_an_instance_will_have():
    assert "curled" in found("Leaf().")
