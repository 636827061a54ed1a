"""Exercises: what a check says, hint and solution, what is kept; by role and name, as readers find them."""

import re
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

from .conftest import EMULATED, emulate, violations
from .sample import FIRST, Sample

pytestmark = pytest.mark.both_ways("chromium")

PATH = "/articles/exercises/"


@pytest.fixture(scope="module")
def shared(reader: Callable[..., Page]) -> Iterator[Page]:
    """One page for the tests of this module, whose Python boots once."""
    page = reader(PATH)
    page.set_default_timeout(FIRST)
    yield page
    assert violations(page) == []


@pytest.fixture
def opened(shared: Page) -> Iterator[Page]:
    """The shared page, with its samples as their author left them."""
    shared.bring_to_front()
    shared.evaluate("localStorage.removeItem('readerly:exercises')")
    yield shared
    for label in ("Pour", "Bare", "Broken", "Endless", "Brief", "By hand"):
        Sample(shared, label).button("Reset").click()


def exercise(page: Page, label: str) -> Locator:
    """Return what stands below the sample of that label."""
    return page.get_by_role("group", name=f"Exercise: {label}", exact=True)


def write(page: Page, label: str, source: str) -> None:
    sample = Sample(page, label)
    sample.button("Edit").click()
    expect(sample.tag.get_by_role("textbox")).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(source)


def says(page: Page, label: str, text: str | re.Pattern[str]) -> None:
    expect(exercise(page, label).locator("[data-part='verdict']")).to_have_text(text, timeout=FIRST)


def test_asks_before_the_first_attempt(opened: Page) -> None:
    says(opened, "Pour", "An exercise: Run checks it.")
    assert opened.get_by_text("Four cups for each").count() == 0


def test_a_failing_attempt_hears_the_authors_message_and_of_the_hint(opened: Page) -> None:
    sample = Sample(opened, "Pour").run().ends()
    says(opened, "Pour", "Not yet: Four cups for each of them, not for all. There is a hint below.")
    expect(sample.output).to_have_count(0)
    expect(sample.tag).not_to_have_attribute("solved", "")
    hint = exercise(opened, "Pour").get_by_text("Multiply")
    expect(hint).to_be_hidden()
    exercise(opened, "Pour").get_by_text("Hint", exact=True).click()
    expect(hint).to_be_visible()


def test_an_assertion_without_a_message_says_what_was_expected(opened: Page) -> None:
    Sample(opened, "Bare").run().ends()
    says(opened, "Bare", "Not yet: total should be 6 but is 5.")


def test_solving_is_shown_and_kept_until_reset(reader: Callable[..., Page]) -> None:
    page = reader(PATH)
    sample = Sample(page, "Pour")
    sample.run().ends()
    says(page, "Pour", re.compile("^Not yet"))
    write(page, "Pour", "def pour(people): return people * 4")
    page.keyboard.press("ControlOrMeta+Enter")
    says(page, "Pour", "Solved, at attempt 2.")
    expect(sample.tag).to_have_attribute("solved", "")
    page.reload()
    says(page, "Pour", "Solved at an earlier visit.")
    expect(sample.tag).to_have_attribute("solved", "")
    expect(sample.tag.locator("pre code").first).to_have_text("def pour(people): return people * 4")
    sample.button("Reset").click()
    says(page, "Pour", "An exercise: Run checks it.")
    page.reload()
    expect(page.locator("code-sample:not([live])")).to_have_count(0)
    says(page, "Pour", "An exercise: Run checks it.")
    assert page.evaluate("localStorage.getItem('readerly:exercises')") is None


def test_a_session_is_seen_by_the_check_and_gets_nothing_of_it(opened: Page) -> None:
    write(opened, "Pour", "def pour(people): return people * cups")
    Sample(opened, "Pour").run().ends()
    says(opened, "Pour", "Solved at the first attempt.")
    Sample(opened, "After").run().prints("False 4")


def test_the_solution_is_taken_by_a_click_as_an_edit_and_given_back(opened: Page) -> None:
    sample = Sample(opened, "Pour")
    write(opened, "Pour", "mine = 1")
    exercise(opened, "Pour").get_by_text("Solution", exact=True).click()
    source = sample.tag.get_by_role("textbox")
    expect(source).to_have_text("mine = 1")
    sample.button("Use the solution").click()
    expect(source).to_have_text(re.compile(r"return cups \* people"))
    expect(sample.tag).to_have_attribute("edited", "")
    sample.run().ends()
    says(opened, "Pour", "This is the author’s solution, and it passes.")
    expect(sample.tag).not_to_have_attribute("solved", "")
    sample.button("Bring my answer back").click()
    expect(source).to_have_text("mine = 1")


def test_after_three_attempts_the_solution_is_offered(opened: Page) -> None:
    sample = Sample(opened, "Pour")
    for _ in range(2):
        sample.run().ends()
        says(opened, "Pour", re.compile(r"There is a hint below\.$"))
        opened.evaluate("document.querySelector('#pour [data-part=verdict]').textContent = ''")
    sample.run()
    says(opened, "Pour", re.compile(r"There is a hint and a solution below\.$"))


def test_a_run_that_fails_is_not_checked(opened: Page) -> None:
    write(opened, "Bare", "1 / 0")
    Sample(opened, "Bare").run().ends("Error on line 1")
    says(opened, "Bare", "Not checked, since the run ended with an error.")


def test_a_broken_check_says_that_it_is_the_authors(opened: Page) -> None:
    Sample(opened, "Broken").run().ends()
    says(opened, "Broken", "The check itself is broken, on line 2 of it: KeyError: 'key'. Its author has to mend it.")


def test_an_endless_check_is_stopped_by_stop(opened: Page) -> None:
    sample = Sample(opened, "Endless").run().ends("Checking…")
    sample.button("Stop").click()
    sample.ends("Stopped")
    write(opened, "Bare", "total = 6")
    Sample(opened, "Bare").run().ends()
    says(opened, "Bare", "Solved at the first attempt.")


def test_an_endless_check_is_stopped_by_the_authors_limit(opened: Page) -> None:
    Sample(opened, "Brief").run().ends(re.compile("^Stopped: it took longer than 1 second"))


def test_a_page_written_by_hand(opened: Page) -> None:
    sample = Sample(opened, "By hand").run().ends()
    says(opened, "By hand", "Not yet: Make it two. There is a hint below.")
    exercise(opened, "By hand").get_by_text("Solution", exact=True).click()
    sample.button("Use the solution").click()
    sample.run().ends()
    says(opened, "By hand", "This is the author’s solution, and it passes.")


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("readonly", "", "check is for samples that a reader changes"),
        ("engine", "micropython", 'check is not to be had with engine="micropython"; leave one of the two out'),
    ],
)
def test_what_is_misused_is_said(opened: Page, name: str, value: str, said: str) -> None:
    opened.evaluate(
        """(said) => {
            const tag = document.createElement("code-sample");
            for (const [name, value] of [["id", "wrong-" + said[0]], ["check", "assert True"], said])
                tag.setAttribute(name, value);
            tag.append(document.createElement("pre"));
            document.querySelector("main").append(tag);
        }""",
        [name, value],
    )
    expect(opened.locator(f"#wrong-{name}")).to_contain_text(said)


def test_by_keyboard_alone(opened: Page) -> None:
    sample = Sample(opened, "Pour")
    exercise(opened, "Pour").locator("summary", has_text="Solution").focus()
    opened.keyboard.press("Enter")
    expect(sample.button("Use the solution")).to_be_visible()
    opened.keyboard.press("Tab")
    opened.keyboard.press("Tab")
    expect(sample.button("Use the solution")).to_be_focused()
    opened.keyboard.press("Enter")
    expect(sample.button("Bring my answer back")).to_be_focused()
    expect(sample.tag).to_have_attribute("edited", "")
    opened.keyboard.press("Enter")
    expect(sample.tag).not_to_have_attribute("edited", "")


@pytest.mark.parametrize("scheme", EMULATED)
def test_axe_finds_nothing(opened: Page, scheme: str) -> None:
    emulate(opened, scheme)
    Sample(opened, "Pour").run().ends()
    says(opened, "Pour", re.compile("^Not yet"))
    for part in ("Hint", "Solution"):
        exercise(opened, "Pour").get_by_text(part, exact=True).click()
    expect(Sample(opened, "Pour").button("Use the solution")).to_be_visible()
    found = Axe().run(opened, context="#pour")
    assert found.response["violations"] == []


def test_without_javascript_hint_and_solution_open(without_javascript: Page) -> None:
    page = without_javascript
    page.goto(PATH)
    below = page.locator("#pour")
    assert not below.get_by_text("Run checks it").is_visible()
    seen = "(all) => all[0].checkVisibility()"  # Playwright's own answer says that what is folded away is visible
    solution = below.get_by_text("return cups * people")
    assert not solution.evaluate_all(seen)
    below.locator("summary", has_text="Solution").focus()  # a click waits for frames, which never come
    page.keyboard.press("Enter")
    assert solution.evaluate_all(seen)
