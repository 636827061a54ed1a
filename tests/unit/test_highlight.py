import pytest

from readerly.code_sample.highlight import pieces


def marked(source):
    """Return what has a kind, as "kind:text"."""
    return [kind + ":" + text for kind, text in pieces(source) if kind]


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("", []),
        ("x = y", []),
        ("x = 1  # one", ["m:1", "c:# one"]),
        ("# 'no string' 1\nx", ["c:# 'no string' 1"]),
        ("if x is not None: return", ["k:if", "k:is", "k:not", "k:None", "k:return"]),
        ("iffy = format_ or lambdas", ["k:or"]),
        ("a.is_ = b.match", []),
        ("print('a # b', \"c\")", ["s:'a # b'", 's:"c"']),
        ("f'{x}' + rb'\\d' + B\"x\"", ["s:f'{x}'", "s:rb'\\d'", 's:B"x"']),
        ("'it\\'s' 1", ["s:'it\\'s'", "m:1"]),
        ("'''a\n'b' \"c\"\n''' 2", ["s:'''a\n'b' \"c\"\n'''", "m:2"]),
        ("''\n'' 3", ["s:''", "s:''", "m:3"]),
        ("'unclosed\nfor", ["s:'unclosed", "k:for"]),
        ("'''unclosed\nfor", ["s:'''unclosed\nfor"]),
        ("0x1F + 1_000 + 3.14 + 2j + x1", ["m:0x1F", "m:1_000", "m:3.14", "m:2j"]),
        ("r = u", []),
        ("größe = 'ä'  # ö", ["s:'ä'", "c:# ö"]),
        ("match command:\n    case 1:\n        pass", ["k:match", "k:case", "m:1", "k:pass"]),
        ("match = case.match(1)", ["m:1"]),
    ],
)
def test_what_is_told_apart(source, found):
    assert marked(source) == found


@pytest.mark.parametrize(
    "source", ["", "x", "'", '"""', "\\", "'\\", "#", "0.", "é'é", "def f():\n\treturn 'x'\n\n", "f'"]
)
def test_nothing_is_lost_or_changed(source):
    assert "".join([text for _, text in pieces(source)]) == source


def test_pieces_are_never_empty_and_neighbours_without_a_kind_are_one():
    found = pieces("a b + c == d if e else 'f'")
    assert all(text for _, text in found)
    assert not [1 for before, after in zip(found[:-1], found[1:]) if before[0] == after[0] == ""]
