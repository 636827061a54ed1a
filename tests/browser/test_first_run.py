"""The first run: what is fetched and started ahead of it, what it boots from, and what happens where that fails."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from .sample import FIRST, SAVE_DATA, Sample, deployed, images_refused, impatient, remembers
from .servers import Readerly

PATH = "/articles/first-run/"

NO_JSPI = """
if (self.origin !== 'null') for (const key of ['Suspending', 'promising', 'SuspendError']) delete WebAssembly[key];
"""
"""A browser that cannot suspend WebAssembly, as far as the page can tell; its sandbox still can."""

KEPT = "async () => (await (await caches.open('readerly-image')).keys()).map(({ url }) => new URL(url).pathname)"
"""What images this browser made for itself and kept."""

SHELVED = """
async ([carrier, task, days, quota]) => {
  const { serve } = await import(carrier), shelf = await caches.open("readerly-image");
  const made = { headers: { "x-made": String(Date.now() - days * 86_400_000) } };
  await shelf.put("/before.bin", new Response(new ArrayBuffer(8), made));
  navigator.storage.estimate = async () => ({ quota, usage: 1000 });
  const [page, frame] = [new MessageChannel(), new MessageChannel()], told = [];
  frame.port1.onmessage = ({ data }) => told.push(data.value?.byteLength ?? 0);
  const ended = new Promise((done) => { page.port1.onmessage = ({ data }) => done(data); });
  const given = task === "keep" ? { key: "/new.bin", image: new ArrayBuffer(100) } : { key: "/before.bin" };
  serve({ data: { task, given }, ports: [page.port2, frame.port2] });
  const { value, error } = await ended;
  while (!told.length) await new Promise((done) => setTimeout(done));
  return { value, error, told, kept: (await shelf.keys()).map(({ url }) => new URL(url).pathname) };
}
"""
"""Has the carrier "keep" an image of 100 bytes, or "recall" one of 8, made so many days ago; a quota in bytes."""


class Requests:
    """What a page has asked for: the names of files under /readerly/."""

    def __init__(self, page: Page) -> None:
        self.names: list[str] = []
        page.on("request", lambda request: self.names.append(request.url.rpartition("/")[2]))

    def of_python(self) -> list[str]:
        """Return those that Python boots from, or may ask for later."""
        return [name for name in self.names if re.match(r"pyodide|library|image|sandbox\.json", name)]


def away(page: Page) -> Page:
    """Wait until the page's widgets live; its samples are still far below the window."""
    expect(page.locator("code-sample:not([live])")).to_have_count(0)
    return page


def come_near(page: Page) -> None:
    """Scroll to the samples, and wait until the page has noticed."""
    with page.expect_response("**/door.mjs"):
        page.locator("code-sample").first.scroll_into_view_if_needed()


def test_a_sample_that_comes_near_opens_an_empty_sandbox_and_no_more(reader: Callable[..., Page]) -> None:
    page = away(reader(PATH))
    asked = Requests(page)
    come_near(page)
    expect(page.locator("iframe[src$='sandbox.html']")).to_have_count(1)
    assert {"running.py", "door.mjs"} <= set(asked.names)
    assert "later.py" not in asked.names
    assert asked.of_python() == []


@pytest.mark.parametrize("intent", ["hover", "focus"])
def test_who_turns_to_a_sample_finds_python_ready(reader: Callable[..., Page], intent: str) -> None:
    """The pointer comes over it, or the keyboard's focus: Python is here before the click, which needs no network."""
    page = away(reader(PATH))
    come_near(page)
    sample = Sample(page, "hello")
    promises = page.get_by_role("status").filter(has_text="MB, once")
    expect(promises.first).to_be_visible()
    with page.expect_response("**/library.zip", timeout=FIRST):  # it is fetched when Python has booted
        sample.tag.hover() if intent == "hover" else sample.button("Run").focus()
    expect(promises).to_have_count(0)
    page.context.set_offline(True)
    sample.run().prints("^hello from Python").ends()


def test_what_python_boots_from_passes_no_thread_of_the_page(reader: Callable[..., Page]) -> None:
    """A worker fetches it and hands it to the frame: only what the page itself fetches stands in its timeline."""
    page = reader(PATH)
    asked = Requests(page)
    Sample(page, "hello").run().prints("hello from Python").ends()
    own = "performance.getEntriesByType('resource').map(({ name }) => name.split('/').pop())"
    assert {"pyodide.asm.wasm", "carrier.mjs"} <= set(asked.names)
    assert not {"pyodide.asm.wasm", "pyodide.asm.mjs", "image.bin"} & set(page.evaluate(own))


@pytest.mark.parametrize("refusal", ["throw new Error()", "setTimeout(() => this.onerror(new Event('error')))", ""])
def test_where_the_page_may_have_no_worker_it_fetches_python_itself(reader: Callable[..., Page], refusal: str) -> None:
    """A policy refuses it at once or later; a browser that says nothing is not waited for."""
    worker = f"class {{ constructor() {{ {refusal} }} }}"
    page = reader(PATH, script=f"if (self === top) globalThis.Worker = {worker};")
    Sample(page, "hello").run().prints("hello from Python").ends()
    Sample(page, "deep").run().prints("JSONDecodeError").ends("Error on line 3")


def test_who_saves_data_gets_nothing_ahead(reader: Callable[..., Page]) -> None:
    page = away(reader(PATH, script=SAVE_DATA))
    asked = Requests(page)
    sample = Sample(page, "hello")
    sample.tag.scroll_into_view_if_needed()
    sample.tag.hover()
    sample.button("Run").focus()
    sample.button("Copy").click()  # something the page does notice
    expect(sample.status).to_have_text(re.compile("."))
    assert asked.of_python() == []
    sample.run().prints("hello from Python").ends()
    assert "library.zip" not in asked.names  # nothing needed it


def test_python_boots_without_the_standard_library(reader: Callable[..., Page]) -> None:
    """The image holds what samples use most; the rest arrives later, and an import of it waits."""
    page = reader(PATH)
    held: list[Route] = []
    page.route("**/library.zip", lambda route: held.append(route))
    Sample(page, "hello").run().prints("hello from Python").ends()
    rare = Sample(page, "rare").run()
    expect(rare.status).to_have_text("Running…", timeout=FIRST)
    deep = Sample(page, "rare inside").run()
    expect(deep.status).to_have_text("Running…", timeout=FIRST)
    assert len(held) == 1
    held[0].continue_()
    rare.prints("^wsgiref").ends()
    deep.prints("^sched").ends()


def test_a_library_that_cannot_be_fetched_is_told_of_and_run_tries_again(reader: Callable[..., Page]) -> None:
    page = reader(PATH)
    page.route("**/library.zip*", lambda route: route.fulfill(status=503))
    for label in ("rare", "rare inside"):
        sample = Sample(page, label).run().ends(re.compile("^Error|^Ended"))
        expect(sample.output).to_contain_text("A part of Python's standard library is not here.")
        expect(sample.output).to_contain_text("answered 503. Run tries again.")
    page.unroute("**/library.zip*")
    Sample(page, "rare").run().prints("^wsgiref").ends()


def test_tracebacks_show_the_librarys_lines(reader: Callable[..., Page]) -> None:
    """Which the library's byte code does not have: its sources are fetched when they are to be shown."""
    page = reader(PATH)
    asked = Requests(page)
    sample = Sample(page, "deep").run().ends("Error on line 3")
    expect(sample.output).to_contain_text("/json/decoder.py")
    expect(sample.output).to_contain_text("raise JSONDecodeError(")
    assert asked.names.count("sources.zip") == 1


def test_a_browser_that_cannot_suspend_makes_an_image_of_its_own(reader: Callable[..., Page]) -> None:
    page = away(reader(PATH, script=NO_JSPI))
    asked = Requests(page)
    Sample(page, "hello").run().prints("hello from Python").ends()
    assert "image.bin" not in asked.names
    Sample(page, "rare").run().prints("^wsgiref").ends()
    assert poll(page, KEPT)[0].endswith("/image.bin")


@pytest.fixture
def shelved(reader: Callable[..., Page], server: Readerly) -> Callable[..., dict[str, Any]]:
    """What `SHELVED` returns for a task, days and a quota."""
    page = reader(PATH)
    carrier = "/readerly/" + deployed(server.url)["door"].replace("door.mjs", "carrier.mjs")
    return lambda *asked: page.evaluate(SHELVED, [carrier, *asked])


def test_one_image_is_kept_where_it_takes_a_small_part_of_the_room(shelved: Callable[..., dict[str, Any]]) -> None:
    found = shelved("keep", 1, 1000 + 20 * 100)
    assert (found["told"], found["kept"]) == ([100], ["/new.bin"])


def test_no_image_is_kept_where_storage_is_tight(shelved: Callable[..., dict[str, Any]]) -> None:
    """Python has it for this visit all the same."""
    found = shelved("keep", 1, 1000 + 20 * 100 - 1)
    assert (found["told"], found["kept"]) == ([100], ["/before.bin"])


@pytest.mark.parametrize(("days", "told"), [(29, [8]), (31, [0])])
def test_an_image_is_booted_from_for_a_month(
    shelved: Callable[..., dict[str, Any]], days: int, told: list[int]
) -> None:
    found = shelved("recall", days, 1e9)
    assert (found["value"], found["told"]) == (days < 30, told)


@pytest.mark.parametrize("fault", ["damaged", "truncated", "gone"])
def test_an_image_that_is_refused_costs_time_only(reader: Callable[..., Page], server: Readerly, fault: str) -> None:
    """Python boots from the library, and this browser makes an image of its own, which the next visit boots from."""
    page = reader(PATH)
    damaged = b"\x02\x00\x00\x00{}".ljust(deployed(server.url)["image"]["bytes"], b"\0")
    body = damaged if fault == "damaged" else damaged[:4096]
    page.route("**/image.bin*", lambda route: route.fulfill(body=body, status=404 if fault == "gone" else 200))
    sample = Sample(page, "hello").run().prints("hello from Python").ends()
    expect(sample.output).not_to_contain_text("Error")
    kept = poll(page, KEPT)
    assert kept[0].endswith("/image.bin")

    again = page.context.new_page()
    again.goto(PATH)
    away(again)
    asked = Requests(again)
    held: list[Route] = []
    again.route("**/library.zip", lambda route: held.append(route))
    Sample(again, "hello").run().prints("hello from Python").ends()
    assert "image.bin" not in asked.names


def test_without_any_image_python_boots_from_the_library(reader: Callable[..., Page], server: Readerly) -> None:
    page = away(reader(PATH, script=images_refused(server.url)))
    asked = Requests(page)
    Sample(page, "hello").run().prints("hello from Python").ends()
    assert "library.zip" in asked.names
    assert "image.bin" not in asked.names


def test_who_comes_back_finds_python_in_the_browsers_cache(reader: Callable[..., Page], browser_name: str) -> None:
    """No intent, no network: as the sample comes near, Python boots from what this browser kept."""
    first = away(reader(PATH))
    with first.expect_response("**/library.zip", timeout=FIRST):
        Sample(first, "hello").run().prints("hello from Python").ends()
    first.close()
    page = first.context.new_page()
    page.goto(PATH)
    away(page).context.set_offline(browser_name == "chromium")  # offline, Firefox's driver keeps its cache shut as well
    asked = Requests(page)
    Sample(page, "hello").tag.scroll_into_view_if_needed()
    deadline(page, lambda: "pyodide.asm.wasm" in asked.names)
    Sample(page, "hello").run().prints("hello from Python").ends()


@pytest.mark.only_browser("chromium")  # offline, Firefox's driver keeps its cache shut as well
@pytest.mark.both_ways("chromium")
def test_who_goes_offline_after_a_run_goes_on(reader: Callable[..., Page]) -> None:
    """Every Stop ends an interpreter: the second run after it cannot have had a spare one from before."""
    page = away(reader(PATH))
    with page.expect_response("**/library.zip", timeout=FIRST):
        loop = Sample(page, "loop").run().prints("^looping")
    page.context.set_offline(True)
    for _ in range(3):
        loop.button("Stop").click()
        loop.ends("Stopped")
        loop.run().prints("^looping")
    loop.button("Stop").click()
    loop.ends("Stopped")
    Sample(page, "rare").run().prints("^wsgiref").ends()
    Sample(page, "deep").run().prints("JSONDecodeError").ends("Error on line 3")


def test_a_cache_that_was_emptied_is_filled_again(reader: Callable[..., Page], server: Readerly) -> None:
    """The browser remembers that Python was fetched, and kept nothing of it: it is fetched when somebody wants it."""
    page = away(reader(PATH, script=remembers(server.url, "python")))
    answers: list[str] = []
    page.on("response", lambda response: answers.append(response.url.rpartition("/")[2]))
    come_near(page)
    sample = Sample(page, "hello")
    sample.run().prints("hello from Python").ends()
    assert answers.count("pyodide.asm.wasm") == 1


@pytest.mark.only_browser("chromium")  # the only one that lets a test see the sandbox's workers
def test_a_second_python_is_kept_warm(reader: Callable[..., Page]) -> None:
    page = reader(PATH)
    loop = Sample(page, "loop").run().prints("^looping")
    # One runs the loop, and of the other two one has booted: who comes next is hired then.
    spare = lambda: len([worker for worker in page.workers if worker.url.startswith("data:")]) == 3  # noqa: E731
    deadline(page, spare)
    loop.button("Stop").click()
    expect(loop.status).to_have_text("Stopped")
    Sample(page, "hello").run().prints("hello from Python").ends()


CARRIERS = """
if (self === top) {
  const { setTimeout, Worker } = self;
  self.carriers = [];
  self.Worker = class extends Worker {
    constructor(...given) { super(...given); self.carriers.push(this); }
    postMessage(said, ...given) {
      if (said.task === self.unheard) self.lost = (self.lost ?? 0) + 1;
      else super.postMessage(said, ...given);
    }
  };
  self.setTimeout = (then, wait, ...given) => setTimeout(then, wait === 25_000 ? 4000 : wait, ...given);
}
"""
"""Keeps the workers that fetch what Python boots from; the page waits four seconds for one that says nothing.

None hears of a task that is `unheard`; `lost` is how many there were.
"""


def held(page: Page, file: str, times: int) -> list[Route]:
    """Leave the first requests for a `file` that Python boots from without an answer; return those that there were."""
    asked: list[Route] = []

    def answer(route: Route) -> None:
        asked.append(route)
        if len(asked) > times:
            route.continue_()

    page.route(f"**/{file}", answer)
    return asked


def test_a_worker_that_fetches_python_and_ends_is_replaced(reader: Callable[..., Page]) -> None:
    """One that the browser ends, for want of memory for one, says nothing of it."""
    page = reader(PATH, script=CARRIERS)
    asked = held(page, "image.bin", 1)
    hello = Sample(page, "hello").run()
    deadline(page, lambda: len(asked) == 1)
    page.evaluate("carriers[0].terminate()")
    hello.prints("hello from Python").ends()
    assert page.evaluate("carriers.length") == 2


def test_an_image_of_its_own_that_no_worker_hands_over_is_done_without(
    reader: Callable[..., Page], server: Readerly
) -> None:
    page = reader(PATH, script=images_refused(server.url, 1) + CARRIERS + "self.unheard = 'recall';")
    Sample(page, "hello").run().prints("hello from Python").ends()
    assert page.evaluate("carriers.length") == 2


def test_a_run_that_is_stopped_while_an_image_of_its_own_does_not_come_may_begin_anew_at_once(
    reader: Callable[..., Page], server: Readerly
) -> None:
    script = images_refused(server.url, 1) + CARRIERS.replace("wait === 25_000 ? 4000", "wait === 5000 ? 250_000")
    page = reader(PATH, script=script + "self.unheard = 'recall';")
    hello = Sample(page, "hello").run()
    deadline(page, lambda: page.evaluate("self.lost > 0"))
    hello.button("Stop").click()
    expect(hello.status).to_have_text("Stopped")
    page.evaluate("self.unheard = null")
    hello.run().prints("hello from Python").ends()


def test_a_run_that_is_stopped_while_nothing_comes_may_begin_anew_at_once(reader: Callable[..., Page]) -> None:
    page = reader(PATH, script=CARRIERS.replace("? 4000", "? 250_000"))
    asked = held(page, "image.bin", 1)
    hello = Sample(page, "hello").run()
    deadline(page, lambda: len(asked) == 1)
    hello.button("Stop").click()
    hello.run().prints("hello from Python").ends()


def test_an_image_that_stands_still_is_done_without(reader: Callable[..., Page]) -> None:
    page = reader("about:blank")
    impatient(page)
    asked = held(page, "image.bin", 1)
    page.goto(PATH)
    Sample(page, "hello").run().prints("hello from Python").ends()
    assert len(asked) == 1


def test_a_file_that_stands_still_is_fetched_once_more_and_then_said(reader: Callable[..., Page]) -> None:
    page = reader("about:blank")
    impatient(page)
    asked = held(page, "pyodide.asm.wasm", 3)
    page.goto(PATH)
    hello = Sample(page, "hello").run()
    said = "^Python could not be fetched: nothing of .*/pyodide.asm.wasm came for 3 seconds. Run tries again.$"
    expect(hello.status).to_have_text(re.compile(said))
    assert len(asked) == 2
    hello.run().prints("hello from Python").ends()  # the third request stands still as well
    assert len(asked) == 4


STUCK = """
if (self.origin === 'null') {
  let stuck;
  const { postMessage } = Worker.prototype;
  Worker.prototype.postMessage = function (data, ...rest) {
    if (data?.file === 'pyodide.asm.wasm' && (stuck ??= this) === this) return;
    postMessage.call(this, data, ...rest);
  };
} else {
  const { setTimeout } = self;
  self.setTimeout = (then, milliseconds) => setTimeout(then, milliseconds === 30_000 ? 500 : milliseconds);
}
"""
"""The sandbox's first worker waits for ever for what Python boots from, and the page's patience is half a second."""


def test_a_python_that_does_not_boot_is_replaced(reader: Callable[..., Page]) -> None:
    Sample(reader(PATH, script=STUCK), "hello").run().prints("hello from Python").ends()


HELD = """
const held = [], { set } = Object.getOwnPropertyDescriptor(MessagePort.prototype, "onmessage");
Object.defineProperty(MessagePort.prototype, "onmessage", { set(heard) {
  set.call(this, heard && ((event) => window.hold ? held.push([heard, event]) : heard(event)));
} });
window.release = () => { window.hold = false; for (const [heard, event] of held.splice(0)) heard(event); };
"""
"""While `hold` is set, what comes by a port waits, as Chromium has it wait for the next frame after a click."""


def runs_anew(page: Page, sample: Sample) -> None:
    """Run a sample once more, and wait until what stood there has made way for what it says first."""
    before = sample.output.locator("pre").first.element_handle()
    sample.run()
    page.wait_for_function("before => !before.isConnected", arg=before)


def test_a_first_output_waits_for_no_frame(reader: Callable[..., Page]) -> None:
    """It comes by the sandbox's frame too, and what comes twice is shown once."""
    page = reader(PATH, script=HELD)
    hello = Sample(page, "hello").run().prints("hello from Python").ends()
    page.evaluate("window.hold = true")
    runs_anew(page, hello)
    page.evaluate("release()")
    hello.ends()
    assert hello.output.inner_text().count("hello from Python") == 1


def test_nothing_jumps_while_output_takes_the_place_of_another(reader: Callable[..., Page]) -> None:
    """What a run says comes bit by bit: its first lines leave the room of those before."""
    page = reader("/articles/output/", script=HELD)
    sixty = Sample(page, "now and then").run().prints("line 59").ends()
    height = sixty.output.evaluate("output => output.offsetHeight")
    page.evaluate("window.hold = true")
    runs_anew(page, sixty)
    assert "line 59" not in sixty.output.inner_text()
    assert sixty.output.evaluate("output => output.offsetHeight") == height
    page.evaluate("release()")
    sixty.prints("line 59").ends()
    assert sixty.output.evaluate("output => [output.offsetHeight, output.style.minHeight]") == [height, ""]


def test_an_older_output_is_dimmed_while_a_long_run_says_nothing(reader: Callable[..., Page]) -> None:
    page = reader("/articles/output/")
    late = Sample(page, "after a while").run().prints("at last").ends()
    expect(late.output).not_to_have_attribute("aria-busy", "true")
    late.run()
    expect(late.output).to_have_attribute("aria-busy", "true")
    expect(late.output).to_have_text("at last")  # the older one
    late.ends()
    expect(late.output).not_to_have_attribute("aria-busy", "true")


def test_an_article_keeps_its_size_while_a_sample_says_the_same_again(reader: Callable[..., Page]) -> None:
    """To the part of a pixel: another size would have the page lay out all that follows, and its reader looked for."""
    page = reader(PATH)
    hello = Sample(page, "hello").run().prints("hello from Python").ends()
    page.evaluate(
        "sizes = []; new ResizeObserver(([{ contentRect }]) => sizes.push(contentRect.height))"
        ".observe(document.querySelector('article'))"
    )
    page.wait_for_function("sizes.length")  # the first look
    runs_anew(page, hello)
    hello.ends()
    page.evaluate("() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")
    assert len(page.evaluate("sizes")) == 1


def test_the_deployed_files_say_their_sizes(server: Readerly) -> None:
    known = deployed(server.url)
    files = [*known["files"], known["image"], *known["later"]]
    assert {file["name"] for file in files} >= {"pyodide.asm.wasm", "image", "library.zip"}
    assert sum(file["size"] for file in known["files"] + [known["image"]]) < 8_100_000


def poll(page: Page, script: str) -> list[str]:
    """Return the first answer of `script` in the page that is not empty."""
    found: list[str] = []

    def there() -> bool:
        found[:] = page.evaluate(script)
        return bool(found)

    deadline(page, there)
    return found


def deadline(page: Page, reached: Callable[[], bool]) -> None:
    """Wait until `reached()`; the page's strict policy leaves Playwright's own way no room."""
    for _ in range(FIRST // 100):
        if reached():
            return
        page.wait_for_timeout(100)
    raise AssertionError("this was not reached in time")
