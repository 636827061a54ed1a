"""Hearts that cannot be sent: kept, shown as waiting, and delivered once, whoever delivers them."""

import re
import threading
import time
from collections.abc import Callable
from urllib.parse import quote

from playwright.sync_api import BrowserContext, ConsoleMessage, Page, Request, Route, expect

from .servers import Readerly
from .test_hearts import LONG, count, says

Open = Callable[..., Page]
WAITS = re.compile("^Not sent yet: it waits in this browser")
REFUSED = """
for (const name of ["setItem", "getItem", "removeItem"])
  Storage.prototype[name] = () => { throw new DOMException("refused", "SecurityError"); };
"""


def heart(page: Page, pressed: bool | None = None) -> None:
    """Press the heart; or, told whether it is pressed, expect that."""
    button = page.get_by_role("button", name="Heart", exact=True)
    if pressed is None:
        button.click()
    else:
        expect(button).to_have_attribute("aria-pressed", str(pressed).lower())


def message(page: Page, text: str | re.Pattern[str]) -> None:
    expect(page.locator("hearts-button").get_by_role("status")).to_have_text(text)


def offline(page: Page) -> None:
    """Take the network away from the page's browser, and wait until the page knows."""
    page.context.set_offline(True)
    for each in page.context.pages:
        each.evaluate("new Promise((done) => navigator.onLine ? addEventListener('offline', () => done()) : done())")


def keeps(server: Readerly, hearts: int) -> None:
    """Wait until the service keeps so many hearts for the page, which shows a wish before it is sent."""
    until = time.monotonic() + 10
    while server.hearts(LONG) != hearts and time.monotonic() < until:
        threading.Event().wait(0.05)
    assert server.hearts(LONG) == hearts


def sent(context: BrowserContext) -> list[str]:
    """Return a list that grows by each wish that is sent from now on, by its page."""
    wishes: list[str] = []

    def asked(request: Request) -> None:
        if request.method == "PUT":
            wishes.append(request.url.partition("?path=")[2])

    context.on("request", asked)
    return wishes


def test_a_heart_given_while_the_service_is_down_arrives_when_it_is_back(reader: Open, server: Readerly) -> None:
    page = reader(LONG)
    before = count(page)
    server.stop()
    try:
        heart(page)
        message(page, WAITS)
        heart(page, pressed=True)
        expect(page.locator("hearts-button")).to_have_attribute("waiting", "")
        expect(page.locator("hearts-button [data-part=count]")).to_have_text(re.compile(f"^{before + 1} "))
    finally:
        server.start()
    message(page, "")
    says(page, before + 1)
    keeps(server, before + 1)


def test_only_the_last_wish_is_sent_and_the_next_visit_sends_it(reader: Open, server: Readerly) -> None:
    page = reader(LONG)
    before = count(page)
    offline(page)
    for _ in range(3):
        heart(page)
    message(page, WAITS)
    heart(page, pressed=True)
    page.close()
    page.context.set_offline(False)
    wishes = sent(page.context)
    again = page.context.new_page()
    with again.expect_response(lambda answer: answer.request.method == "PUT"):
        again.goto(LONG)
    heart(again, pressed=True)
    message(again, "")
    says(again, before + 1)
    assert wishes == [quote(LONG, safe="")]
    keeps(server, before + 1)


def test_an_answer_from_before_a_heart_does_not_take_it_back(reader: Open) -> None:
    """Counts are shown together with the visit's own view; a heart may be set while that is waited for."""
    page = reader("/404.html")
    held: list[Route] = []
    page.route("**/api/view?*", lambda route: held.append(route))
    with page.expect_response(re.compile("/api/pages")):
        page.goto(LONG)
    expect(page.locator("hearts-button[live]")).to_have_count(1)
    with page.expect_response(re.compile("/api/heart")):
        heart(page)
    heart(page, pressed=True)
    held[0].continue_()
    expect(page.locator("view-count")).to_have_text(re.compile(r"^\d+ views?$"))
    heart(page, pressed=True)


def test_back_online_it_is_sent_at_once(reader: Open, server: Readerly) -> None:
    page = reader(LONG)
    before = count(page)
    offline(page)
    heart(page)
    message(page, WAITS)
    page.context.set_offline(False)
    message(page, "")
    says(page, before + 1)
    heart(page)
    says(page, before)
    keeps(server, before)


def test_another_tab_shows_it_waiting_and_delivers_it(reader: Open, server: Readerly) -> None:
    page = reader(LONG)
    before = count(page)
    other = page.context.new_page()
    other.goto(LONG)
    count(other)
    offline(page)
    page.bring_to_front()
    heart(page)
    message(other, WAITS)
    heart(other, pressed=True)
    page.close()
    wishes = sent(other.context)
    other.context.set_offline(False)
    message(other, "")
    says(other, before + 1)
    assert wishes == [quote(LONG, safe="")]
    keeps(server, before + 1)


def test_a_busy_service_is_asked_again_when_it_said(reader: Open) -> None:
    page = reader(LONG)
    before = count(page)
    asked: list[str] = []
    seen, early = False, list[Route]()  # a second may be over before this has looked: the heart waits for that

    def busy(route: Route) -> None:
        asked.append(route.request.url)
        problem = '{"title": "Busy", "detail": "The service is busy."}'
        headers = {"Retry-After": "1"}
        if len(asked) < 2:
            route.fulfill(status=503, content_type="application/problem+json", body=problem, headers=headers)
        elif seen:
            route.continue_()
        else:
            early.append(route)

    page.route("**/api/heart?*", busy)
    heart(page)
    message(page, WAITS)
    seen = True
    for route in early:
        route.continue_()
    message(page, "")
    heart(page, pressed=True)
    says(page, before + 1)
    assert len(asked) == 2


def test_it_works_for_the_visit_where_storage_is_refused(reader: Open, server: Readerly) -> None:
    page = reader(LONG, script=REFUSED)
    before = count(page)
    offline(page)
    heart(page)
    message(page, re.compile("^Not sent yet: it is sent by itself while this page is open"))
    page.context.set_offline(False)
    message(page, "")
    says(page, before + 1)
    keeps(server, before + 1)


def test_an_article_without_its_service_shows_what_was_known(reader: Open) -> None:
    page = reader(LONG)
    before = count(page)
    views = page.locator("view-count").inner_text()
    page.route("**/api/**", lambda route: route.fulfill(status=503, body="down"))
    page.reload()
    known = page.locator("hearts-button [data-part=count]")
    expect(known).to_have_text(re.compile(rf"^{before} hearts? \(last known\)$"))
    expect(page.locator("view-count")).to_have_text(f"{views} (last known)")
    message(page, "")
    page.unroute("**/api/**")
    says(page, before)


def test_a_service_that_is_away_is_left_alone_by_the_next_pages(reader: Open) -> None:
    """One page finds out; those that follow it during the pause ask nothing, so nothing stands in the console."""
    page = reader(LONG)
    count(page)
    page.route("**/api/**", lambda route: route.abort("connectionrefused"))
    heart(page)
    message(page, WAITS)
    page.goto("about:blank")
    page.goto("/404.html")
    page.evaluate("""localStorage.setItem("readerly:away",
        JSON.stringify({ tries: 6, until: Date.now() + 60000, since: Date.now() }))""")
    said: list[str] = []
    asked: list[str] = []

    def heard(line: ConsoleMessage) -> None:
        if line.type in ("error", "warning"):
            said.append(line.text)

    page.on("console", heard)
    page.on("request", lambda request: asked.append(request.url) if "/api/" in request.url else None)
    page.goto("/articles/samples/")
    expect(page.locator("hearts-button[live]")).to_have_count(1)
    page.goto(LONG)
    message(page, WAITS)
    expect(page.locator("hearts-count")).to_have_text(re.compile("last known"))
    assert said == []
    assert asked == []
