"""Pages under test, opened as a reader opens them, in every browser there is."""

import contextlib
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from playwright.sync_api import Browser, BrowserContext, Page, Playwright, expect, sync_playwright

from . import attempts, loss
from .engines import launch_options, missing
from .sample import images_refused
from .servers import Api, Readerly, Witness

PARAGRAPH = (
    "A long article has many paragraphs, and this is what each of them says, so that there is something to scroll. "
    "Nobody has to read it twice; a test only looks at how much of it is left, which is what a reader wants to know. "
    "It goes on for a while, as paragraphs do, and then it comes to an end like all the others on this page.\n\n"
)

expect.set_options(timeout=15_000)  # milliseconds; a machine whose cores are shared is no fault of the page's

RECORD = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(event.violatedDirective + " " + event.blockedURI));
"""
"""Keeps what the content security policy refused, in each frame."""


def pytest_configure(config: pytest.Config) -> None:
    """Run every test in Chromium and Firefox, and in Playwright's WebKit where it is installed."""
    if not config.option.browser:
        with sync_playwright() as playwright:
            extra = ["webkit"] if launch_options("webkit", playwright) is not None else []
        config.option.browser = ["chromium", "firefox", *extra]
    config.addinivalue_line("markers", "both_ways(*browsers): what is marked runs in both ways, see `boots`")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run what is marked so in both ways of booting."""
    if metafunc.definition.get_closest_marker("both_ways") and "boots" in metafunc.fixturenames:
        metafunc.parametrize("boots", ["image", "library"], indirect=True, scope="module")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave the library out in a browser that the mark does not name."""

    def wanted(item: pytest.Item) -> bool:
        mark, chosen = item.get_closest_marker("both_ways"), getattr(item, "callspec", None)
        library = mark is not None and chosen is not None and chosen.params.get("boots") == "library"
        return not library or chosen.params["browser_name"] in mark.args

    config.hook.pytest_deselected(items=[item for item in items if not wanted(item)])
    items[:] = [item for item in items if wanted(item)]


@pytest.fixture(scope="session")
def browser_type_launch_args(
    browser_type_launch_args: dict[str, Any], browser_name: str, playwright: Playwright
) -> dict[str, Any]:
    options = launch_options(browser_name, playwright)
    if options is None:
        missing(browser_name)
    return {**browser_type_launch_args, **(options or {})}


WATCH = pytest.StashKey[loss.Watch]()


@pytest.fixture(scope="session")
def browser(launch_browser: Callable[[], Browser], request: pytest.FixtureRequest) -> Iterator[Browser]:
    """The browser under test, in which each test has a profile of its own."""
    browser = launch_browser()
    watch = request.config.stash[WATCH] = loss.Watch(browser)
    yield browser
    watch.stop()
    browser.close()


HELD = pytest.StashKey[tuple[pytest.Item, list[pytest.TestReport]] | None]()
"""The test before, where it failed under a browser that may be about to end, and what is to be reported of it."""


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_protocol(item: pytest.Item, nextitem: pytest.Item | None) -> bool:
    """Run a test under which the browser's own process ended once more, in a new one, and say so.

    Firefox does so once in some hundred tests, by a segmentation fault, and every test after it would fail for it. Its
    pages stand still before that, so that the test before may have failed for it as well: one that failed is reported
    after the next one, and runs again too if the browser ended then. A page that fails, or that crashes its tab, leaves
    the process alive, and is reported as it is. Whatever lived in the old process goes with it: fixtures of the module
    and the session are made anew.
    """
    item.ihook.pytest_runtest_logstart(nodeid=item.nodeid, location=item.location)
    reports = runtestprotocol(item, log=False, nextitem=nextitem)
    held = item.config.stash.get(HELD, None)
    item.config.stash[HELD] = None
    watch = item.config.stash.get(WATCH, None)
    if watch is not None and watch.lost(reports):
        again = [held[0].nodeid] if held else []
        if terminal := item.config.pluginmanager.get_plugin("terminalreporter"):
            which = " and ".join([*again, item.nodeid])
            terminal.write_line(f"{watch.browser.browser_type.name} ended; {which} ran under it, and again now")
        with contextlib.suppress(Exception):  # what closes its pages fails, and the rest is torn down all the same
            item.session._setupstate.teardown_exact(None)  # pyright: ignore[reportPrivateUsage]
        if held:
            held = held[0], runtestprotocol(held[0], log=False, nextitem=item)
        reports = runtestprotocol(item, log=False, nextitem=nextitem)
    if held:
        _report(*held)
    if watch is not None and not watch.ended and nextitem is not None and any(report.failed for report in reports):
        item.config.stash[HELD] = item, reports
    else:
        _report(item, reports)
    return True


def _report(item: pytest.Item, reports: list[pytest.TestReport]) -> None:
    for report in reports:
        item.ihook.pytest_runtest_logreport(report=report)
    item.ihook.pytest_runtest_logfinish(nodeid=item.nodeid, location=item.location)


@pytest.fixture(scope="session")
def witness() -> Iterator[Witness]:
    server = Witness()
    yield server
    server.stop()


@pytest.fixture(scope="session")
def api(witness: Witness) -> Iterator[Api]:
    server = Api(witness.url + "away")
    yield server
    server.stop()


@pytest.fixture(scope="session")
def source(tmp_path_factory: pytest.TempPathFactory, witness: Witness, api: Api) -> Path:
    """The site under test: tests/browser/site, with a long article, and the article in shared/ where there is one."""
    folder = tmp_path_factory.mktemp("source") / "site"
    shutil.copytree(Path(__file__).parent / "site", folder)
    tries = folder / "articles/attempts.md"
    tried = tries.read_text(encoding="utf-8").replace("ATTEMPTS\n", attempts.sample(witness.url))
    tries.write_text(tried.replace("WITNESS", witness.url), encoding="utf-8")
    for name in ("samples.md", "rich.md", "markup.md"):
        file = folder / "articles" / name
        file.write_text(file.read_text(encoding="utf-8").replace("WITNESS", witness.url), encoding="utf-8")
    asks = folder / "articles/connect.md"
    asks.write_text(asks.read_text(encoding="utf-8").replace("API", api.origin), encoding="utf-8")
    first = folder / "articles/first-run.md"
    first.write_text(first.read_text(encoding="utf-8").replace("FILLER", PARAGRAPH * 24), encoding="utf-8")
    head = "---\ncategory: Tests\ntitle: A long article\ndescription: Long.\ndate: 2026-05\nads: false\n---\n\n"
    (folder / "articles/long.md").write_text(head + PARAGRAPH * 24, encoding="utf-8")
    king = Path(__file__).parents[3] / "shared/articles/king-of-python.md"
    if king.is_file():
        shutil.copy(king, folder / "articles")
    return folder


@pytest.fixture(scope="session")
def server(source: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Readerly]:
    running = Readerly(source, tmp_path_factory.mktemp("database") / "hearts.sqlite3")
    running.start()
    yield running
    running.stop()


@pytest.fixture(scope="session")
def base_url(server: Readerly) -> str:
    """What relative addresses in `page.goto` start from."""
    return server.url


@pytest.fixture(scope="module")
def boots(request: pytest.FixtureRequest) -> str:
    """What Python boots from: an "image" of memory or the "library".

    What is marked `both_ways("chromium")`, a module or a test, runs from both in that browser, else from an image.
    """
    return getattr(request, "param", "image")


@pytest.fixture(scope="module")
def prelude(server: Readerly, boots: str) -> str:
    """What runs in each frame of a page before anything else."""
    return RECORD + (images_refused(server.url) if boots == "library" else "")


@pytest.fixture
def context(context: BrowserContext, prelude: str) -> BrowserContext:
    context.add_init_script(prelude)
    return context


@pytest.fixture(scope="module")
def reader(browser: Browser, server: Readerly, prelude: str) -> Iterator[Callable[..., Page]]:
    """Open a page as a new reader, who has a browser profile of their own: `reader("/articles/long/")`.

    `script` runs in each of its frames before anything else.
    """
    contexts: list[BrowserContext] = []

    def open_page(path: str, script: str = "", **options: Any) -> Page:
        context = browser.new_context(base_url=server.url, **options)
        contexts.append(context)
        context.add_init_script(prelude + script)
        page = context.new_page()
        page.goto(path)
        return page

    yield open_page
    for context in contexts:
        context.close()


FIREFOX: dict[str, dict[str, Any]] = {
    "dark": {"ui.systemUsesDarkTheme": 1},
    "forced": {"browser.display.document_color_use": 2},
    "still": {"ui.prefersReducedMotion": 1},
    "touch": {"ui.primaryPointerCapabilities": 1, "ui.allPointerCapabilities": 1},
    "scriptless": {"javascript.enabled": False},
}
"""What Firefox takes for a reader's settings; its driver emulates none of them for one context."""

OTHERS: dict[str, dict[str, Any]] = {
    "dark": {"color_scheme": "dark"},
    "forced": {"forced_colors": "active"},
    "still": {"reduced_motion": "reduce"},
    "touch": {"has_touch": True, "is_mobile": True},
    "scriptless": {"java_script_enabled": False},
}

MATCHED = {
    "dark": "(prefers-color-scheme: dark)",
    "forced": "(forced-colors: active)",
    "still": "(prefers-reduced-motion: reduce)",
    "touch": "(pointer: coarse)",
}


@pytest.fixture
def configured(
    browser: Browser, browser_name: str, server: Readerly, playwright: Playwright
) -> Iterator[Callable[..., Page]]:
    """Open an empty page as a reader with some of the settings in `FIREFOX`: `configured("dark", "touch")`."""
    own: list[Browser] = []
    contexts: list[BrowserContext] = []

    def open_page(*settings: str, **options: Any) -> Page:
        used = browser
        if browser_name == "firefox":
            preferences = {key: said for each in settings for key, said in FIREFOX[each].items()}
            used = playwright.firefox.launch(
                **(launch_options("firefox", playwright) or {}), firefox_user_prefs=preferences
            )
            own.append(used)
        else:
            for each in settings:
                options |= OTHERS[each]
        contexts.append(used.new_context(base_url=server.url, **options))
        return contexts[-1].new_page()

    yield open_page
    for each in contexts:
        each.close()
    for each in own:
        each.close()


@pytest.fixture
def system(configured: Callable[..., Page]) -> Callable[..., Page]:
    """Open a page as a reader whose system is set so: `system("/articles/long/", "dark", "touch")`; see `MATCHED`."""

    def open_page(path: str, *settings: str, **options: Any) -> Page:
        page = configured(*settings, **options)
        page.goto(path)
        for each in settings:
            assert page.evaluate("(query) => matchMedia(query).matches", MATCHED[each]), each
        return page

    return open_page


@pytest.fixture
def without_javascript(configured: Callable[..., Page]) -> Page:
    """A page in a browser whose reader has turned JavaScript off."""
    return configured("scriptless")


EMULATED = ["light", pytest.param("dark", marks=pytest.mark.skip_browser("firefox"))]
"""Schemes that a driver gives a page that is open: Firefox's gives none, and the page is a light one."""


def emulate(page: Page, scheme: str) -> None:
    """Give a page that is open one of `EMULATED`."""
    page.emulate_media(color_scheme=scheme)  # pyright: ignore[reportArgumentType]
    assert page.evaluate("(scheme) => matchMedia(`(prefers-color-scheme: ${scheme})`).matches", scheme)


def violations(page: Page) -> list[str]:
    """Return what the content security policy refused in any frame of the page."""
    return [found for frame in page.frames for found in frame.evaluate("window.violations ?? []")]
