"""What code in the sandbox tries, and which sentence of docs/security.md each attempt is for.

An attempt is a JavaScript function body that is given `at`, a URL of a server that listens; it has reached what it
tried when it returns something true, or when the server hears of it. Strings are no code in the sandbox (`run_js`, eval
and Function are refused there, which is tried too), so a sample starts a worker of its own for them. The same bodies
run in an ordinary page, where they have to come through: what is refused everywhere says nothing of the sandbox.
"""

import base64
import json
import zlib
from urllib.parse import urlencode

from readerly.code_sample.edits import fingerprint

NETWORK = {
    "fetch": "await fetch(at, { mode: 'no-cors' })",
    "request": "const r = new XMLHttpRequest(); r.open('GET', at); r.send();"
    "await new Promise((f) => { r.onloadend = f; })",
    "socket": "const s = new WebSocket(at.replace('http', 'ws'));"
    "await new Promise((f) => { s.onerror = s.onopen = f; })",
    "events": "const s = new EventSource(at); await new Promise((f) => { s.onerror = s.onopen = f; }); s.close()",
    "transport": "const t = new WebTransport(at.replace('http:', 'https:')); t.closed.catch(() => {});"
    "await Promise.race([t.ready, new Promise((f) => setTimeout(f, 1000))]); t.close()",
    "import": "await import(at + '.mjs')",
    "importScripts": "importScripts(at + '.js')",
    "worker": "const w = new Worker(at + '.js'); await new Promise((f, no) => { w.onerror = no; setTimeout(f, 500); })",
    "beacon": "navigator.sendBeacon(at, 'x'); await new Promise((f) => setTimeout(f, 300))",
    "image": "const i = new Image(); i.src = at; await new Promise((f) => { i.onload = i.onerror = f; })",
    "font": "await new FontFace('f', `url(${at})`).load()",
    "link": "const l = document.createElement('link'); l.rel = 'stylesheet'; l.href = at; document.head.append(l);"
    "await new Promise((f) => { l.onload = l.onerror = f; })",
    "style": "const s = document.createElement('style'); s.textContent = `@import url(${at})`; document.head.append(s);"
    "await new Promise((f) => setTimeout(f, 500))",
    "prefetch": "const l = document.createElement('link'); l.rel = 'preload'; l.as = 'fetch'; l.href = at;"
    "document.head.append(l); await new Promise((f) => setTimeout(f, 500))",
    "script": "const s = document.createElement('script'); s.src = at; document.head.append(s);"
    "await new Promise((f) => { s.onload = s.onerror = f; })",
    "media": "const a = new Audio(at); a.load(); await new Promise((f) => setTimeout(f, 500))",
    "object": "const o = document.createElement('object'); o.data = at; document.body.append(o);"
    "await new Promise((f) => setTimeout(f, 500))",
    "drawing": "const s = document.createElementNS('http://www.w3.org/2000/svg', 'svg');"
    "s.innerHTML = `<image href='${at}'/>`; document.body.append(s); await new Promise((f) => setTimeout(f, 500))",
    "worklet": "await new OfflineAudioContext(1, 1, 44100).audioWorklet.addModule(at + '.js')",
    "shared": "new SharedWorker(at + '.js'); await new Promise((f) => setTimeout(f, 500))",
    "later": "fetchLater(at, { activateAfter: 0 }); await new Promise((f) => setTimeout(f, 500))",
    "call": "const c = new RTCPeerConnection({ iceServers: [{ urls: 'stun:' + new URL(at).host }] });"
    "c.createDataChannel('x'); await c.setLocalDescription(); await new Promise((f) => setTimeout(f, 1000)); c.close()",
    "frame": "const f = document.createElement('iframe'); f.src = at; document.body.append(f);"
    "await new Promise((y) => setTimeout(y, 500))",
    "form": "const f = document.createElement('form'); f.action = at; f.target = 'elsewhere';"
    "const e = document.createElement('iframe'); e.name = 'elsewhere'; document.body.append(e, f); f.submit();"
    "await new Promise((y) => setTimeout(y, 500))",
}
"""Reached when the server hears of it."""

REACH = {
    "document": "return document.body !== undefined && parent.document.body !== null",
    "top": "return Boolean(top.document)",
    "opener": "return parent.localStorage.length >= 0",
    "cookie": "return typeof parent.document.cookie === 'string' && typeof document.cookie === 'string'",
    "cookieStore": "return (cookieStore ? await cookieStore.getAll() : document.cookie.split(';')).length >= 0",
    "localStorage": "return localStorage.length >= 0",
    "sessionStorage": "return sessionStorage.length >= 0",
    "indexedDB": "return await new Promise((y, n) => { const r = indexedDB.open('x');"
    "r.onsuccess = () => y(1); r.onerror = n; })",
    "caches": "return (await caches.keys()).includes('secret')",
    "files": "return Boolean(await navigator.storage.getDirectory())",
    "serviceWorker": "await navigator.serviceWorker.register(at + '.js'); return true",
    "locks": "return Boolean((await navigator.locks.query()).held)",
    "domain": "document.domain = document.domain; return true",
    "open": "const w = open('about:blank'); w?.close(); return Boolean(w)",
    "clipboard": "await navigator.clipboard.writeText('taken'); return true",
    "eval": "return (0, eval)('true')",
    "Function": "return Function('return true')()",
}
"""Reached when it returns true."""

HEARD = {
    "broadcast": "const c = new BroadcastChannel('attempts'); c.postMessage('broadcast');"
    "await new Promise((f) => setTimeout(f, 200))",
}
"""Reached when the page hears it."""

LISTEN = """
window.heard = [];
new BroadcastChannel("attempts").onmessage = ({ data }) => heard.push(data);
addEventListener("message", ({ data, source }) => source === window && heard.push(data));
document.cookie = "secret=1";
localStorage.setItem("secret", "1");
const listening = caches.open("secret");
"""
"""Makes a page ready: it has secrets, and hears."""

BODIES = {**NETWORK, **REACH, **HEARD}

LEFT = ("eval", "Function", "call")
"""What code in the frame's own document would have: strings are code there, and no policy that Chromium knows forbids
WebRTC. Workers have neither, and so no sample."""

NOT_EVERYWHERE = ("later", "call")
"""Attempts by what Firefox and WebKit have not, or do not use towards this very machine."""

PAGE_ONLY = ("open", "clipboard")
"""Attempts whose success hangs on what a browser lets even an ordinary page do without a person's click."""

POWERS = {
    "use Python and its standard library": ["test_a_sample_can_what_the_table_says"],
    "use the processor and memory of its own worker": [
        "test_a_sample_starts_workers",
        "test_code_reaches_nothing",
    ],
    "write files": ["test_a_sample_can_what_the_table_says", "test_another_sample_finds_nothing"],
    "read the data files that its author names": [
        "test_a_sample_finds_its_files_and_no_other_does",
        "test_a_sample_has_the_files_its_tag_names",
    ],
    "ask the hosts that its author names, by way of the page": [
        "test_the_page_asks_without_a_word_about_its_reader",
        "test_a_run_asks_so_often_and_no_more",
    ],
    "print": ["test_a_line_of_a_hundred_megabytes_is_cut", "test_ten_million_lines_are_counted_and_ten_thousand_shown"],
    "run for ever": ["test_the_page_answers_while_a_sample_loops", "test_stop_ends_workers_of_the_sample_too"],
}
"""Each sentence of docs/security.md about what a sample can do: the tests that show it, and how far it goes."""

SENTENCES = {
    "reach the page: its DOM, its variables, its address": [
        "document",
        "top",
        "domain",
        "test_the_page_stays_where_it_is",
    ],
    "read or write its cookies or storage, or keep anything of its own": [
        "cookie",
        "cookieStore",
        "opener",
        "localStorage",
        "sessionStorage",
        "indexedDB",
        "caches",
        "files",
        "serviceWorker",
        "locks",
    ],
    "read the reader's token, or ask the service in their name": ["opener", "test_the_service_is_not_asked"],
    "make a request of any kind, to any host": [*NETWORK, "test_the_workers_own_fetch_is_refused"],
    "have the page ask a host that its author has not named, or ask otherwise than the page does": [
        "test_forged_questions_ask_nothing",
        "test_without_the_attribute_nothing_is_asked",
        "test_what_is_not_allowed_is_refused_in_words",
        "test_only_pages_with_such_samples_may_reach_the_host",
    ],
    "learn what the reader keeps of edits, or keep one": [
        "localStorage",
        "opener",
        "test_nothing_of_kept_edits_gets_in",
    ],
    "turn text into JavaScript where Python runs": ["eval", "Function", "test_text_is_no_javascript"],
    "open windows or dialogs, start downloads, use the clipboard": [
        "open",
        "clipboard",
        "test_the_frame_opens_nothing",
    ],
    "speak to the page other than as its own run, or for another": [
        "broadcast",
        "test_forged_messages_decide_nothing",
        "test_messages_to_the_frame_are_not_heard",
    ],
    "have the page fetch what nobody offered": ["test_forged_needs_fetch_nothing"],
    "flood the page": ["test_a_flood_of_messages_ends_the_run"],
    "reach what samples of other sessions have left": ["test_another_sample_finds_nothing"],
    "outlive Stop": ["test_stop_ends_workers_of_the_sample_too"],
    "run, where a link brings it, before the reader runs it": ["test_what_a_link_brings_does_not_run_by_itself"],
    "stop the page": ["test_the_page_answers_while_a_sample_loops"],
}
"""Each sentence of docs/security.md about what a sample cannot do: the attempts and the tests that are for it."""


def script(witness: str) -> str:
    """Return JavaScript: `attempt(name)` resolves to what came of an attempt: "REACHED", "nothing" or the refusal.

    `attempts(without)` makes all of them but some.
    """
    bodies = ", ".join(f"{json.dumps(name)}: async (at) => {{ {body}; }}" for name, body in BODIES.items())
    return f"""
const bodies = {{ {bodies} }};
const patience = (name) => new Promise((yes) => setTimeout(yes, 3000, "nothing"));
const tried = async (name) => {{
  try {{
    return (await bodies[name]({json.dumps(witness)} + name)) ? "REACHED" : "nothing";
  }} catch (error) {{ return "refused: " + String(error?.name ?? error); }}
}};
const attempt = (name) => Promise.race([tried(name), patience(name)]);
const attempts = async (without = []) => {{
  const names = Object.keys(bodies).filter((name) => !without.includes(name));
  const all = await Promise.all(names.map(async (name) => [name, await attempt(name)]));
  return Object.fromEntries(all);
}};
"""


def sample(witness: str) -> str:
    """Return the source of a sample, for either engine, that tries it all in a worker it starts, and prints JSON."""
    worker = script(witness) + "attempts().then((found) => postMessage(JSON.stringify(found)));"
    return f"""
import asyncio
import js

source = {worker!r}
try:
    from pyodide.ffi import create_proxy
    kind = js.Object.fromEntries(js.JSON.parse('[["type", "module"]]'))
except ImportError:
    create_proxy, kind = (lambda function: function), js.JSON.parse('{{"type": "module"}}')
found = []
worker = js.Worker.new("data:text/javascript," + js.encodeURIComponent(source), kind)
worker.onmessage = create_proxy(lambda event: found.append(event.data))
while not found:
    await asyncio.sleep(0.05)
print("found", found[0])
"""


def link(name: str, source: str) -> str:
    """Return the fragment of a link that brings `source` for the sample `name`, as an attacker would write it."""
    packer = zlib.compressobj(wbits=-15)
    code = base64.urlsafe_b64encode(packer.compress(source.encode()) + packer.flush()).decode().rstrip("=")
    said = fingerprint("\n".join([name, "00000000", source]))
    return "#" + urlencode({"edit": name, "of": "00000000", "sum": said, "code": code})
