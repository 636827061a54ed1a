// MicroPython cannot catch a JavaScript exception that is thrown synchronously, so what may throw is called here and
// its error comes back as a value: {ok: true, value} or {ok: false, error, silent}, which says of one that nobody has said it.
const good = (value) => ({ ok: true, value });
const bad = (error) => ({ ok: false, error: String(error?.message ?? error), silent: Boolean(error?.silent) });

export const settled = async (promise) => {
  try { return good(await promise); } catch (error) { return bad(error); }
};

export const load = (url) => settled(import(url));

// The text of a file of the page's own origin.
export const source = (url) => settled((async () => {
  const response = await fetch(url, { mode: "same-origin", signal: AbortSignal.timeout(10000) });
  if (!response.ok) throw new Error(`it answered ${response.status}`);
  return response.text();
})());

// CodeMirror's modules, as PyScript's core ships them.
export const editor = (core) => settled((async () => {
  const { codemirror } = await import(core);
  const names = ["core", "state", "python", "language", "view", "commands"];
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await codemirror[name]])));
})());

// MicroPython 1.29 keeps one proxy per function and remembers in it whether it was last fetched as a method, so a function
// that is fetched in two ways (asyncio takes setTimeout from the global scope) is called with a wrong `this`. Those are here.
export const listen = (target, kind, handler, signal, passive) => target.addEventListener(kind, handler, { signal, passive });
export const later = (handler, milliseconds) => setTimeout(handler, milliseconds);
export const never = (timer) => clearTimeout(timer);

// A listener for what comes in bursts, as scrolling does: `handler` is called once, with the time of the first frame that is
// that many milliseconds after the first event, and MicroPython is asked nothing until then.
export const calm = (handler, milliseconds) => {
  let due = false;
  const call = (time) => { due = false; handler(time); };
  return () => {
    if (!due) setTimeout(requestAnimationFrame, milliseconds, call);
    due = true;
  };
};

// The height of an element as the last frame showed it, in CSS pixels: to ask for it now would have the browser lay out
// what has changed since, which it does for the next frame anyway. It is `watched` for that from some time before, and from
// then on: who is told of its first height again has the next frame wait.
const heights = new WeakMap();
let watcher = null;
export const watched = (element) => {
  watcher ??= new ResizeObserver((entries) => {
    for (const { target, borderBoxSize } of entries) heights.set(target, borderBoxSize[0].blockSize);
  });
  if (!heights.has(element)) watcher.observe(element);
};
export const height = (element) => heights.get(element) ?? element.getBoundingClientRect().height;

// Seconds since 1970: a whole number beyond 32 bits, as milliseconds are, arrives in MicroPython as another.
export const now = () => Date.now() / 1000;

// A number in the language's short form: "1.2K". A tag that names no language gets English.
export const compact = (value, language) => {
  const format = (locale) => new Intl.NumberFormat(locale, { notation: "compact", numberingSystem: "latn" }).format(value);
  try { return format(language); } catch { return format("en"); }
};

export const copy = (text) => settled((async () => navigator.clipboard.writeText(text))());

// Text for a link, deflated, in base64url; and back, unless it bursts: more than `most` characters are none of ours.
const through = (stream, data) => new Blob([data]).stream().pipeThrough(stream);
export const pack = (text) => settled((async () => {
  const bytes = await new Response(through(new CompressionStream("deflate-raw"), text)).arrayBuffer();
  return btoa(Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join("")).replace(/[+/=]/g, (char) => ({ "+": "-", "/": "_" })[char] ?? "");
})());
export const unpack = (packed, most) => settled((async () => {
  const binary = atob(packed.replace(/[-_]/g, (char) => (char === "-" ? "+" : "/")));
  const bytes = Uint8Array.from(binary, (char) => char.charCodeAt(0)), decoder = new TextDecoder("utf-8", { fatal: true });
  let text = "";
  for (const reader = through(new DecompressionStream("deflate-raw"), bytes).getReader(); ;) {
    const { done, value } = await reader.read();
    text += decoder.decode(value, { stream: !done });
    if (text.length > most) throw new Error("too long");
    if (done) return text;
  }
})());

// localStorage itself may be refused (private modes, blocked site data).
export const recall = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
export const remember = (key, text) => {
  try { text === null ? localStorage.removeItem(key) : localStorage.setItem(key, text); return true; } catch { return false; }
};
export const recalled = (prefix) => { try { return Object.keys(localStorage).filter((key) => key.startsWith(prefix)); } catch { return []; } };

// Waits for a lock that all tabs share, and resolves to what gives it back: or to false, where the browser has no locks.
export const hold = (name) => new Promise((held) => navigator.locks
  ? navigator.locks.request(name, () => new Promise((back) => held(back))).catch(() => held(false)) : held(false));

// A JSON request that never rejects: {status, text, after: Retry-After}, with status 0 when no answer came.
export const request = async (method, url, headers, body, milliseconds) => {
  try {
    const signal = AbortSignal.timeout(milliseconds);
    const response = await fetch(url, { method, headers: JSON.parse(headers), body: body ?? undefined, signal, keepalive: method !== "GET", credentials: "omit" });
    return { status: response.status, text: await response.text(), after: response.headers.get("retry-after") ?? "" };
  } catch (error) { return { status: 0, text: String(error?.message ?? error), after: "" }; }
};
