"""Boot: one script tag, a strict policy, nothing from any other host, tags taken over and released."""

import re

from playwright.sync_api import Browser, Page, Route, expect

from .conftest import violations
from .servers import Readerly

SAMPLES = "/articles/samples/"


def test_page_comes_with_the_strict_policy(page: Page) -> None:
    response = page.goto(SAMPLES)
    assert response
    policy = response.headers["content-security-policy"]
    for part in ("default-src 'self'", "script-src 'self' 'wasm-unsafe-eval'", "require-trusted-types-for 'script'"):
        assert part in policy
    assert "unsafe-inline" not in policy
    assert "'unsafe-eval'" not in policy


def test_nothing_violates_the_policy(page: Page) -> None:
    """Every widget is used, and the policy refuses nothing."""
    page.goto(SAMPLES)
    sample = page.locator("code-sample").filter(has=page.get_by_role("group", name="hello"))
    sample.get_by_role("button", name="Edit").click()
    expect(sample.get_by_role("textbox")).to_be_focused()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.type("print('typed')")
    sample.get_by_role("button", name="Run").click()
    expect(sample.get_by_role("log", name="Output")).to_have_text(re.compile("typed"), timeout=60_000)
    page.get_by_role("button", name="Heart").click()
    expect(page.get_by_role("button", name="Heart")).to_have_attribute("aria-pressed", "true")
    page.mouse.wheel(0, 2000)
    assert violations(page) == []


def test_no_other_host_is_asked(page: Page, server: Readerly) -> None:
    """Every other host is blocked, and not a single attempt is made while everything is used."""
    strangers: list[str] = []

    def block(route: Route) -> None:
        strangers.append(route.request.url)
        route.abort()

    page.context.route(re.compile(rf"^(?!{re.escape(server.url)}/|data:|blob:)"), block)
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.goto(SAMPLES)
    sample = page.locator("code-sample").filter(has=page.get_by_role("group", name="hello"))
    sample.get_by_role("button", name="Run").click()
    expect(sample.get_by_role("log")).to_have_text(re.compile("hello from Python"), timeout=60_000)
    sample.get_by_role("button", name="Edit").click()
    expect(sample.get_by_role("textbox")).to_be_focused()
    page.get_by_role("button", name="Heart").click()
    expect(page.get_by_role("button", name="Heart")).to_have_attribute("aria-pressed", "true")
    assert strangers == []
    assert [url for url in requests if not url.startswith((server.url, "data:", "blob:"))] == []


def test_on_a_slow_device_each_step_is_a_task_and_counts_are_asked_for_once(page: Page) -> None:
    """A clock that goes 10 ms with each look: no two steps fit into one turn. And a browser that uses its own."""
    page.add_init_script("""
        let time = 0;
        performance.now = () => (time += 10);
        window.turns = 0;
        delete window.scheduler;
        const post = MessagePort.prototype.postMessage;
        MessagePort.prototype.postMessage = function (...given) {
            window.turns += 1;
            setTimeout(() => post.apply(this, given), 5);
        };
    """)
    other = '<hearts-count page="/articles/long/"></hearts-count>'

    def with_more(route: Route) -> None:
        route.fulfill(body=route.fetch().text().replace("</article>", f"{other}</article>"), content_type="text/html")

    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/api/pages?" in request.url else None)
    page.route("**" + SAMPLES, with_more)
    page.goto(SAMPLES)
    expect(page.locator("hearts-count[page]")).to_have_text(re.compile("heart"))
    expect(page.locator("view-count")).to_have_text(re.compile(r"\d"))
    assert page.evaluate("window.turns") > page.locator("[live]").count()
    assert len(asked) == 1


def test_a_tag_inserted_later_is_taken_over(page: Page) -> None:
    page.goto("/articles/long/")
    expect(page.locator("hearts-button[live]")).to_be_visible()
    page.evaluate("""() => {
        const tag = document.createElement("code-sample");
        const pre = document.createElement("pre");
        pre.textContent = "print(1)  # one";
        tag.append(pre);
        document.querySelector("article").append(tag);
    }""")
    expect(page.get_by_role("button", name="Run")).to_be_visible()
    expect(page.locator("code-sample .c")).to_have_text("# one")


def test_a_removed_tag_gives_everything_back(page: Page) -> None:
    """Its listeners are gone and its run is stopped; inserted again, it starts anew."""
    page.goto(SAMPLES)
    sample = page.locator("code-sample").filter(has=page.get_by_role("group", name="loop"))
    sample.get_by_role("button", name="Run").click()
    expect(sample.get_by_role("log")).to_have_text(re.compile("looping"), timeout=60_000)
    tag = sample.element_handle()
    assert tag
    page.evaluate("(tag) => tag.remove()", tag)
    live = "(tag) => new Promise((done) => setTimeout(() => done(tag.hasAttribute('live'))))"
    assert page.evaluate(live, tag) is False
    page.evaluate("(tag) => tag.querySelector('[data-part=run]').click()", tag)
    assert page.evaluate("(tag) => tag.dataset.phase", tag) != "waiting"
    page.evaluate("(tag) => document.querySelector('article').append(tag)", tag)
    expect(sample).to_have_attribute("live", re.compile(".+"))
    expect(sample.get_by_role("button", name="Stop")).to_be_disabled()
    other = page.locator("code-sample").filter(has=page.get_by_role("group", name="hello"))
    other.get_by_role("button", name="Run").click()
    expect(other.get_by_role("log")).to_have_text(re.compile("hello from Python"), timeout=60_000)


def test_a_tag_whose_python_fails_says_so_and_harms_nothing(page: Page) -> None:
    page.goto("/articles/long/")
    expect(page.locator("hearts-button[live]")).to_be_visible()
    page.evaluate("""() => {
        const broken = document.createElement("read-time");
        broken.setAttribute("for", "no-such-element");
        const whole = document.createElement("code-sample");
        whole.append(Object.assign(document.createElement("pre"), { textContent: "1" }));
        const misused = whole.cloneNode(true);
        misused.setAttribute("session", "a b");
        document.querySelector("article").append(broken, misused, whole);
    }""")
    expect(page.locator("read-time[for=no-such-element]")).to_contain_text("stopped working")
    expect(page.locator("code-sample[session]")).to_contain_text("session must be one word, such as intro.")
    expect(page.get_by_role("button", name="Run")).to_be_enabled()


def test_without_the_runtime_the_page_is_still_whole(browser: Browser, server: Readerly) -> None:
    """The interpreter cannot be fetched: the reader sees the article, and no control that does nothing."""
    context = browser.new_context(base_url=server.url)
    page = context.new_page()
    with page.expect_request("**/micropython.wasm"):
        page.route("**/micropython.wasm", lambda route: route.abort())
        page.goto(SAMPLES)
    expect(page.get_by_text('print("hello from", "Python")')).to_be_visible()
    expect(page.get_by_role("button", name="Run")).to_have_count(0)
    context.close()
