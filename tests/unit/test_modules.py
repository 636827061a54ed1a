"""Modules are imported one in each step, what they need first."""

from readerly.page.modules import Modules

NEEDS = {"tag": ["view", "widget"], "view": ["markup"], "widget": ["markup", "guard"], "other": ["widget"]}


def test_what_is_needed_comes_first_and_one_at_a_time():
    loaded = []
    modules = Modules(NEEDS, loaded.append)
    seen = [list(loaded) for _ in modules.importing("tag")]
    assert seen[-1] == ["markup", "view", "guard", "widget", "tag"]
    assert [len(each) for each in seen] == [1, 2, 3, 4, 5]


def test_nothing_is_imported_twice():
    loaded = []
    modules = Modules(NEEDS, loaded.append)
    for name in ("tag", "other", "tag"):
        for _ in modules.importing(name):
            pass
    assert loaded == ["markup", "view", "guard", "widget", "tag", "other"]


def test_modules_that_need_each_other_end():
    loaded = []
    for _ in Modules({"a": ["b"], "b": ["a"]}, loaded.append).importing("a"):
        pass
    assert loaded == ["b", "a"]
