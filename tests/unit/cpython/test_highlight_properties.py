"""The page's scanner against any text, and against Python's own tokens."""

import io
import keyword
import token
import tokenize
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from readerly.code_sample.highlight import SOFT, pieces

STDLIB = Path(tokenize.__file__).parent
KINDS = {token.STRING: "s", token.NUMBER: "m", token.COMMENT: "c"}


@given(st.text(st.sampled_from("abfr'\"\\#\n 01._é漢=:()"), max_size=40))
def test_any_text_comes_back_whole(source):
    assert "".join(text for _, text in pieces(source)) == source


@pytest.mark.parametrize("name", ["bisect.py", "textwrap.py", "heapq.py", "fractions.py", "json/decoder.py"])
def test_real_modules_are_told_apart_as_python_does(name):
    source = (STDLIB / name).read_text(encoding="utf-8")
    expected = [
        ("k" if each.type == token.NAME else KINDS[each.type], each.string)
        for each in tokenize.generate_tokens(io.StringIO(source).readline)
        if each.type in KINDS or (each.type == token.NAME and keyword.iskeyword(each.string))
    ]
    found = [(kind, text) for kind, text in pieces(source) if kind and text not in SOFT]
    assert found == expected
