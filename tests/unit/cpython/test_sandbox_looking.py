import json

import pytest

from readerly.code_sample.sandbox import looking, runner


def looked(kind, text, namespace):
    """What is said of `text`."""
    said = []
    looking.look(kind, text, 7, namespace, lambda *message: said.append(message))
    ((name, found, number),) = said
    assert (name, number) == ("looked", 7)
    return json.loads(found)


class Cup:
    """A cup of tea."""

    size = 3
    _hidden = 1
    asked = 0

    def pour(self, tea: str, /, *more, warm: "bool" = True, **rest):
        """Pour it.

        All of it.
        """

    @classmethod
    def of(cls, kind, size=1): ...

    @staticmethod
    def plain(size=2): ...

    @property
    def costly(self):
        type(self).asked += 1


NAMESPACE = {"cup": Cup(), "cups": [Cup()], "Cup": Cup, "json": json}


def test_names_of_the_namespace_are_found():
    assert looked("names", "cu", NAMESPACE) == ["cup", "cups"]
    assert {"print", "property"} <= set(looked("names", "pr", NAMESPACE))


def test_attributes_are_found_and_no_property_is_evaluated():
    assert looked("names", "cup.", NAMESPACE) == ["asked", "costly", "of", "plain", "pour", "size"]
    assert looked("names", "cup._hi", NAMESPACE) == ["_hidden"]
    assert "dumps" in looked("names", "json.du", NAMESPACE)
    assert Cup.asked == 0


def test_a_signature_is_as_it_was_written():
    assert looked("signature", "cup.pour", NAMESPACE) == [
        "Pour it.",
        *("tea: str", "/", "*more", "warm: bool = True", "**rest"),
    ]
    assert looked("signature", "sorted", NAMESPACE)[1:] == ["iterable", "/", "*", "key=None", "reverse=False"]
    assert looked("signature", "range", NAMESPACE)[1].startswith("stop")


@pytest.mark.parametrize(
    ("called", "about", "parameters"),
    [
        ("cups[0].pour", "Pour it.", ["tea: str", "/", "*more", "warm: bool = True", "**rest"]),
        ("Cup().pour", "Pour it.", ["tea: str", "/", "*more", "warm: bool = True", "**rest"]),
        ("Cup() . pour", "Pour it.", ["tea: str", "/", "*more", "warm: bool = True", "**rest"]),
        ("Cup().of", "", ["kind", "size=1"]),
        ("Cup().plain", "", ["size=2"]),
        ("', '.join", "Concatenate any number of strings.", ["iterable", "/"]),
        ("', '.strip().join", "Concatenate any number of strings.", ["iterable", "/"]),
    ],
)
def test_what_is_called_may_be_an_expression(called, about, parameters):
    assert looked("signature", called, NAMESPACE) == [about, *parameters]


def test_long_ones_are_cut():
    def long(x="x" * 1000):
        pass

    _, parameter = looked("signature", "long", {"long": long})
    assert len(parameter) == looking.LONGEST
    assert len(looked("names", "n.a", {"n": type("N", (), {f"a{at}": 1 for at in range(2000)})})) == looking.MOST


@pytest.mark.parametrize("text", ["", "absent.", "1.", "f().x", "cup[0].", "cup.pour()", "x" * 600, "\0"])
def test_nothing_is_said_of_what_is_not_there(text):
    assert not looked("names", text, NAMESPACE)


@pytest.mark.parametrize(
    "text", ["", "absent", "cup", "cup.absent", "print()", "exit(", "f'{1}'", "cup.pour().x", "cup()"]
)
def test_what_cannot_be_called_has_no_signature(text):
    assert looked("signature", text, NAMESPACE) == []


class Wild:
    def __dir__(self):
        print("heard")
        raise SystemExit

    def __getattr__(self, name):
        raise KeyboardInterrupt


def test_what_the_readers_code_does_is_not_heard(capsys):
    assert not looked("names", "wild.", {"wild": Wild()})
    assert not looked("signature", "wild.x", {"wild": Wild()})
    assert capsys.readouterr().out == ""


def test_a_source_is_looked_at_for_mistakes():
    assert looked("syntax", "x = (", NAMESPACE) == ["SyntaxError: '(' was never closed", "1"]
    assert looked("syntax", "x = 1", NAMESPACE) == []


def test_the_runner_looks_into_what_ran_last():
    said = []
    runner.module_for("tea").__dict__["steeped"] = 1
    runner.look("names", "stee", 1, lambda *message: said.append(message))
    assert said == [("looked", '["steeped"]', 1)]
