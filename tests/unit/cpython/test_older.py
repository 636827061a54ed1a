"""The offer of an edit that was made of an earlier source: what it shows, and what its two buttons do."""

import importlib
import sys
from types import SimpleNamespace

import pytest

import readerly.page
from readerly.code_sample import edits
from readerly.page.markup import to_html


class Shown:
    """A built node, which says where it went."""

    def __init__(self, element):
        self.buttons = [child for child in element.children if child.name == "button"]
        self.here = False

    def querySelectorAll(self, selector):
        assert selector == "button"
        return self.buttons

    def remove(self):
        self.here = False


class Widget:
    """A sample in the page, as the offer knows it: it notes what is done to it, in order."""

    place = ("/a/", "first")

    def __init__(self):
        self.done = []
        self.releases = []
        self.clicks = {}
        self.tag = SimpleNamespace(append=self._append)

    def _append(self, shown):
        shown.here = True
        self.shown = shown

    def on_release(self, release):
        self.releases.append(release)

    def listen(self, button, kind, heard):
        assert kind == "click"
        self.clicks["".join(button.children)] = heard

    def leave(self):
        self.done.append("leave")

    def stop(self):
        self.done.append("stop")

    def take(self, text):
        self.done.append(text)


@pytest.fixture
def kept():
    """What this browser remembers."""
    return {"edits": edits.keep(edits.keep([], "/a/", "first", "x = 1", "x = 2"), "/a/", "second", "", "y")}


@pytest.fixture
def older(monkeypatch, kept):
    """The module, with a page and a storage of the test's."""
    monkeypatch.setattr(readerly.page, "dom", SimpleNamespace(build=Shown), raising=False)
    storage = SimpleNamespace(recall=kept.get, remember=kept.__setitem__)
    monkeypatch.setattr(readerly.page, "storage", storage, raising=False)
    yield importlib.import_module("readerly.code_sample.older")
    del sys.modules["readerly.code_sample.older"]


@pytest.fixture
def widget(older):
    """A sample to whose reader the edit is offered."""
    made = Widget()
    older.offer(made, "x = 2")
    return made


def test_the_offer_is_a_sentence_and_two_buttons(older):
    shown = to_html(older.view())
    assert shown.startswith('<div data-part="older"><p>You have edited an earlier version of this sample.</p>')
    assert shown.count('<button type="button">') == 2


def test_nothing_is_shown_or_forgotten_before_the_reader_says_so(widget, kept):
    assert widget.shown.here
    assert list(widget.clicks) == ["Show my version", "Forget it"]
    assert widget.done == []
    assert len(kept["edits"]) == 2


def test_the_readers_version_takes_the_place_of_what_runs_and_is_kept(widget, kept):
    widget.clicks["Show my version"](None)
    assert widget.done == ["leave", "stop", "x = 2"]
    assert not widget.shown.here
    assert edits.find(kept["edits"], "/a/", "first")


def test_only_that_edit_is_forgotten_and_the_source_stays(widget, kept):
    widget.clicks["Forget it"](None)
    assert widget.done == ["leave"]
    assert not widget.shown.here
    assert [each[1] for each in kept["edits"]] == ["second"]


def test_the_offer_goes_with_its_sample(widget):
    for release in widget.releases:
        release()
    assert not widget.shown.here
