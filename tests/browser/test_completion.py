"""Names and signatures while one writes, from the Python in which the sample's session has run."""

import re
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from .conftest import violations
from .sample import FIRST, SAVE_DATA, Sample

pytestmark = pytest.mark.both_ways("chromium")

HERE = "/articles/completion/"


@pytest.fixture(scope="module")
def kitchen(reader: Callable[..., Page]) -> Page:
    """One page, whose session has run."""
    page = reader(HERE)
    page.set_default_timeout(FIRST)
    Sample(page, "kitchen").run().ends()
    page.clock.install()
    return page


@pytest.fixture
def guest(kitchen: Page) -> Iterator[Sample]:
    """A sample of that session, open and empty."""
    sample = Sample(kitchen, "guest")
    sample.button("Edit").click()
    expect(box(sample)).to_be_focused()
    kitchen.keyboard.press("ControlOrMeta+a")
    kitchen.keyboard.press("Delete")
    yield sample
    sample.button("Reset").click()


def box(sample: Sample) -> Locator:
    return sample.tag.get_by_role("textbox")


def options(sample: Sample) -> Locator:
    return sample.tag.get_by_role("listbox").get_by_role("option")


def settle(page: Page) -> None:
    """Let so much time pass that CodeMirror takes a key to be meant for the list, which has just opened."""
    page.clock.fast_forward(200)


def signature(sample: Sample) -> Locator:
    return sample.tag.locator(".readerly-signature")


def test_names_of_the_session_are_offered(kitchen: Page, guest: Sample) -> None:
    kitchen.keyboard.type("kett")
    kitchen.keyboard.press("Control+ ")
    expect(options(guest).filter(has_text=re.compile("^kettle$"))).to_have_count(1)
    kitchen.keyboard.press("Escape")
    expect(options(guest)).to_have_count(0)
    expect(box(guest)).to_be_focused()
    kitchen.keyboard.press("Escape")
    expect(guest.button("Run")).to_be_focused()


def test_enter_ends_the_line_where_what_is_chosen_is_written_already(kitchen: Page, guest: Sample) -> None:
    kitchen.keyboard.type("kettle")
    kitchen.keyboard.press("Control+ ")
    expect(options(guest).first).to_have_attribute("aria-selected", "true")
    expect(options(guest).first).to_have_text("kettle")
    settle(kitchen)
    kitchen.keyboard.press("Enter")
    kitchen.keyboard.type("1")
    expect(box(guest).locator(".cm-line")).to_have_text(["kettle", "1"])


def test_attributes_are_offered_after_a_dot_and_no_property_is_evaluated(kitchen: Page, guest: Sample) -> None:
    said: list[str] = []
    kitchen.on("console", lambda message: said.append(message.text))
    kitchen.keyboard.type("kettle.")
    expect(options(guest)).to_have_text(["boil", "litres_left", "pour", "steam"])
    expect(box(guest)).to_have_attribute("aria-controls", re.compile("."))
    chosen = box(guest).get_attribute("aria-activedescendant")
    expect(options(guest).and_(guest.tag.locator(f"#{chosen}"))).to_have_attribute("aria-selected", "true")
    expect(options(guest).first).to_have_attribute("aria-selected", "true")
    settle(kitchen)
    kitchen.keyboard.press("ArrowDown")
    expect(options(guest).nth(1)).to_have_attribute("aria-selected", "true")
    kitchen.keyboard.press("Tab")
    expect(options(guest)).to_have_count(0)
    expect(box(guest)).to_have_text("kettle.litres_left")
    expect(box(guest)).to_be_focused()
    assert said == []


def test_attributes_of_calls_items_and_literals_are_offered_and_nothing_runs(kitchen: Page, guest: Sample) -> None:
    said: list[str] = []
    kitchen.on("console", lambda message: said.append(message.text))
    kitchen.keyboard.type("x = 1")
    kitchen.keyboard.press("ArrowLeft")  # so that something stands behind the caret
    for expression, names in (
        ("kettle.pour().", ["drink"]),
        ('shelf["top"][0].', ["boil", "litres_left", "pour", "steam"]),
        ("(Kettle(3).pour()).dr", ["drink"]),
        ('", ".joi', ["join"]),
        ("kettle.boil(shelf.get(1), Kettle(4).pou", ["pour"]),
    ):
        kitchen.keyboard.press("ControlOrMeta+Home")
        kitchen.keyboard.type(expression)
        expect(options(guest)).to_have_text(names)
        kitchen.keyboard.press("Escape")
        expect(options(guest)).to_have_count(0)
        kitchen.keyboard.press("Enter")
    assert said == []


def test_enter_takes_a_name_and_tab_indents_once_the_list_is_closed(kitchen: Page, guest: Sample) -> None:
    kitchen.keyboard.type("kettle.bo")
    expect(options(guest)).to_have_text(["boil"])
    expect(options(guest).first).to_have_attribute("aria-selected", "true")
    settle(kitchen)
    kitchen.keyboard.press("Enter")
    expect(box(guest)).to_have_text("kettle.boil")
    kitchen.keyboard.press("Home")
    kitchen.keyboard.press("Tab")
    expect(box(guest)).to_have_text("    kettle.boil")


def test_the_signature_stands_there_while_a_call_is_written(kitchen: Page, guest: Sample) -> None:
    kitchen.keyboard.type("kettle.boil(")
    expect(signature(guest)).to_have_text("boil(degrees: int = 100, *, whistle=True)Boil what is in it.")
    expect(signature(guest).locator("b")).to_have_text("degrees: int = 100")
    kitchen.keyboard.type("90, whistle=")
    expect(signature(guest).locator("b")).to_have_text("whistle=True")
    assert Axe().run(kitchen, "code-sample").response["violations"] == []
    kitchen.keyboard.type("kettle.litres_left)")
    expect(signature(guest)).to_have_count(0)
    expect(box(guest)).to_have_text("kettle.boil(90, whistle=kettle.litres_left)")
    kitchen.keyboard.press("Enter")
    kitchen.keyboard.type('shelf["top"][0].boil(')
    expect(signature(guest)).to_contain_text("boil(degrees: int = 100, *, whistle=True)")


def test_escape_closes_the_signature_and_the_list_that_what_is_typed_has_ended(kitchen: Page, guest: Sample) -> None:
    kitchen.keyboard.type("kettle.")
    expect(options(guest).first).to_be_visible()
    kitchen.clock.pause_at(kitchen.evaluate("Date.now()") + 500)  # CodeMirror closes the list by a timer
    kitchen.keyboard.type("boil(")
    expect(signature(guest)).to_be_visible()
    expect(guest.tag.locator(".cm-tooltip-autocomplete-disabled")).to_be_visible()
    kitchen.keyboard.press("Escape")
    expect(signature(guest)).to_have_count(0)
    expect(options(guest)).to_have_count(0)
    kitchen.clock.resume()
    expect(box(guest)).to_be_focused()


def test_escape_closes_the_signature_and_then_leaves(kitchen: Page, guest: Sample) -> None:
    kitchen.keyboard.type("kettle.boil(")
    expect(signature(guest)).to_be_visible()
    kitchen.keyboard.press("Escape")
    expect(signature(guest)).to_have_count(0)
    expect(box(guest)).to_be_focused()
    kitchen.keyboard.press("Control+ ")
    expect(signature(guest)).to_be_visible()
    guest.button("Copy").focus()
    expect(signature(guest)).to_have_count(0)


def test_nothing_is_offered_in_text_and_comments(kitchen: Page, guest: Sample) -> None:
    kitchen.keyboard.type("# kettle.")
    kitchen.keyboard.press("Enter")
    kitchen.keyboard.type("'kettle.")
    kitchen.keyboard.press("Enter")
    kitchen.keyboard.type("kettle.")
    expect(options(guest)).to_have_text(["boil", "litres_left", "pour", "steam"])
    expect(box(guest)).to_contain_text("# kettle.")


def test_another_sample_sees_nothing_of_it(kitchen: Page) -> None:
    sample = Sample(kitchen, "stranger").run().ends()
    sample.button("Edit").click()
    expect(box(sample)).to_be_focused()
    kitchen.keyboard.press("ControlOrMeta+End")
    kitchen.keyboard.press("Enter")
    kitchen.keyboard.type("kettle.")
    kitchen.keyboard.press("Enter")
    kitchen.keyboard.type("print(")
    expect(signature(sample)).to_contain_text("print(*args")
    expect(options(sample)).to_have_count(0)
    assert violations(kitchen) == []


def test_no_python_is_started_to_complete(reader: Callable[..., Page]) -> None:
    page = reader(HERE, SAVE_DATA)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    sample = Sample(page, "guest")
    sample.button("Edit").click()
    expect(box(sample)).to_be_focused()
    page.keyboard.press("ControlOrMeta+End")
    page.keyboard.press("Enter")
    page.keyboard.type("kettle.boil(pri")
    page.keyboard.press("Control+ ")
    expect(options(sample).filter(has_text=re.compile("^print$"))).to_have_count(1)  # CodeMirror's own
    expect(signature(sample)).to_have_count(0)
    assert not [url for url in asked if "pyodide" in url or "image" in url]
