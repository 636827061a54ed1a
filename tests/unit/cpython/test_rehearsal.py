"""What a Python asks for before any sample."""

import functools
import importlib

from readerly.code_sample.sandbox import rehearsal


def test_each_thing_is_asked_of_more_types_than_a_browser_tells_apart() -> None:
    """V8 expects one of four."""
    for asked, first, *_ in rehearsal.ASKED:
        assert len({type(each) for each in first}) > 4, asked


def test_it_is_asked_once_and_without_an_error() -> None:
    fresh = importlib.reload(rehearsal)
    assert isinstance(fresh.vary, functools.partial)
    fresh.vary()
    assert next(fresh.vary.args[0], None) is None
