// The page's door to the sandbox: an iframe of opaque origin that gets every byte it will ever have through here.
import { settled } from "./guard.mjs";

// What a page can take in of one worker: messages in a second, and characters in a run. A sample can speak past the runner.
const MESSAGES = 2000, CHARACTERS = 16_000_000;
const WASM = "pyodide.asm.wasm", IMAGE = "image", SHELF = "readerly-image", DAY = 86_400_000;
// Bytes, as transferred, of a file that goes before larger ones; and the part of WebAssembly that is most of it.
const SMALL = 500_000, MOSTLY = 0.75;
// Characters of a message that anything reads, and of one that is shown in one step: our own runner says less of an error.
const MOST = 4_000_000, SHORT = 50_000, LONG = ["stdout", "stderr", "rich", "asks", "looked"];
// Work of a frame in milliseconds, after which the browser paints, and a part of a stream's text that is one step of it: so
// many characters that move the cursor or change the colour, each of which may cost an element, and so many between two.
const SLICE = 8, STREAMS = ["stdout", "stderr"], PART = /^(?:[^\0\x07\b\r\x1b\x7f\x9b]{0,120}[\0\x07\b\r\x1b\x7f\x9b]?){1,8}/u;

// Milliseconds for which the browser lays out and paints what came, after a frame had too little time for it.
const CALM = 200;

// A file's bytes as a stream. A host that compresses nothing sends the packed copy, which lies beside each file.
const stream = async ({ url, bytes, packed }, options) => {
  const found = async (address) => {
    const response = await fetch(address, options);
    if (!response.ok) throw new Error(`${address} answered ${response.status}`);
    return response;
  };
  const plain = await found(url);
  const coded = ({ headers }) => headers.get("content-encoding");
  if (!packed || coded(plain) || Number(plain.headers.get("content-length")) !== bytes) return plain.body;
  plain.body.cancel();
  const answer = await found(url + ".gz");
  return coded(answer) ? answer.body : answer.body.pipeThrough(new DecompressionStream("gzip"));
};

// Holds a wheel against the lock. Pages over plain http have no crypto.subtle: who could alter a wheel there could alter this.
const verify = async ({ url, sha256 }, bytes) => {
  const digest = await globalThis.crypto?.subtle?.digest("SHA-256", bytes);
  if (digest && Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, "0")).join("") !== sha256)
    throw new Error(`${url} is not the file that the site's author locked`);
};

// The bytes of an answer; count(length) of each piece may throw, which ends it.
const whole = async (response, count) => {
  const pieces = [];
  for (const reader = response.body?.getReader(); reader; ) {
    const { done, value } = await reader.read();
    if (done) break;
    try { count(value.length); } catch (error) { reader.cancel(); throw error; }
    pieces.push(value);
  }
  return new Blob(pieces).arrayBuffer();
};

// Fetches files ([{name, url, bytes, size, packed}] as JSON) and carries them into the frame: WebAssembly as it arrives, so that
// it is compiled meanwhile, but read after the small files, which Python's boot begins with; and the image once most of that
// is here, since Python needs it last. progress(bytes so far, as transferred) is called at most ten times a second.
const carry = (tell, files, progress, signal, cached) => settled((async () => {
  let arrived = 0, told = 0;
  const options = cached ? { signal, cache: "only-if-cached", mode: "same-origin" } : { signal };
  const listed = JSON.parse(files), most = Promise.withResolvers();
  const one = async (file, before) => {
    const whole = file.name === WASM ? null : new Uint8Array(file.bytes);
    let at = 0;
    const body = await stream(file, options);
    await before;
    for (const reader = body.getReader(); ;) {
      const { done, value } = await reader.read();
      if (done) break;
      arrived += (value.length / file.bytes) * file.size;
      if (file.name === WASM) {
        const chunk = value.slice().buffer; // the stream may give a part of a larger buffer
        tell({ chunk }, chunk);
        at += value.length;
        if (at > MOSTLY * file.bytes) most.resolve();
      } else {
        if (at + value.length > file.bytes) throw new Error(`${file.url} is longer than it was built`);
        whole.set(value, at);
        at += value.length;
      }
      if (performance.now() - told > 100) { told = performance.now(); progress(arrived); }
    }
    if (!whole) return tell({ chunk: null });
    if (at < file.bytes) throw new Error(`${file.url} is shorter than it was built`);
    if (file.sha256) await verify(file, whole);
    tell({ file: file.name, value: whole.buffer }, whole.buffer);
  };
  const small = Promise.all(listed.filter(({ name, size }) => size < SMALL && name !== IMAGE).map((file) => one(file)));
  const large = listed.filter(({ name, size }) => size >= SMALL && name !== IMAGE).map((file) => one(file, small));
  const last = listed.filter(({ name }) => name === IMAGE).map(async (file) => {
    if (listed.some(({ name }) => name === WASM)) await most.promise;
    await one(file).catch((error) => {
      if (cached || signal.aborted) throw error;
      tell({ file: IMAGE, value: new ArrayBuffer(0) }); // Python boots without one
    });
  });
  await Promise.all([small, ...large, ...last]);
  progress(arrived);
})());

// Fetches data files of the page's own origin side by side and carries them into the frame, each under "file:" and its
// address. All of them together may have `most` bytes. progress(bytes so far, bytes in all or 0) at most ten times a second.
const supply = (tell, addresses, most, progress, signal) => settled((async () => {
  let arrived = 0, total = 0, told = 0;
  await Promise.all(JSON.parse(addresses).map(async (address) => {
    const response = await fetch(address, { signal, mode: "same-origin" });
    if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
    total += response.headers.get("content-encoding") ? NaN : Number(response.headers.get("content-length") ?? NaN);
    const value = await whole(response, (length) => {
      if ((arrived += length) > most) throw new Error(`more than ${most / 1e6} MB, which is the most that a sample may have`);
      if (performance.now() - told > 100) { told = performance.now(); progress(arrived, total || 0); }
    });
    tell({ file: "file:" + address, value }, value);
  }));
})());

// Asks another host on a sample's behalf: without credentials or a referrer, for so many bytes and seconds. The answer goes
// to its worker's port; where that is refused, or none comes, the error says why.
const NOTHING = "no answer that this page may read. The host cannot be reached, redirects to a host that connect does not name, or does not let other sites read it (CORS)";
const reach = (port, answer, url, rules, end) => settled((async () => {
  const { headers, allowed, most, seconds } = JSON.parse(rules);
  const late = AbortSignal.timeout(1000 * seconds), signal = AbortSignal.any([end, late]);
  let size = 0;
  try {
    const response = await fetch(url, { headers, signal, credentials: "omit", referrerPolicy: "no-referrer" });
    const { origin } = new URL(response.url);
    if (!allowed.includes(origin)) throw new Error(`it redirects to ${origin}, which connect does not name`);
    const bytes = await whole(response, (length) => {
      if ((size += length) > most) throw new Error(`more than ${most / 1e6} MB, which is the most an answer may have`);
    });
    const text = JSON.stringify({ status: response.status, statusText: response.statusText, headers: [...response.headers], url: response.url });
    port.postMessage({ answer, text, bytes }, [bytes]);
  } catch (error) {
    throw late.aborted ? new Error(`it took longer than ${seconds} seconds`) : error instanceof TypeError ? new Error(NOTHING) : error;
  }
})());

// An image that this browser made itself, for the ones that cannot use the one of the build. One is kept, for a month, and
// only where it takes a small part of the room there is.
const keep = async (key, image) => {
  const { quota = Infinity, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  if (quota - usage < 20 * image.byteLength) return;
  const shelf = await caches.open(SHELF);
  for (const other of await shelf.keys()) await shelf.delete(other);
  await shelf.put(key, new Response(image, { headers: { "x-made": String(Date.now()) } }));
};
const kept = async (key) => {
  if (!key) return null;
  const found = await globalThis.caches?.open(SHELF).then((shelf) => shelf.match(key)); // no caches without https
  return found && Date.now() - Number(found.headers.get("x-made")) < 30 * DAY ? found.arrayBuffer() : null;
};

// The site's image was made where WebAssembly can be suspended, and boots only where it can.
export const suspends = "Suspending" in WebAssembly;

// Has a frame show what it is given, HTML mostly, once its document is there, and be as high as it then says, over a port that
// nobody else has; at most as high as `most` pixels.
export const show = (frame, html, most) => frame.addEventListener("load", () => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = ({ data }) => {
    if (Number.isFinite(data)) frame.style.setProperty("height", `${Math.min(Math.max(data, 0), most)}px`);
  };
  frame.contentWindow?.postMessage(html, "*", [port2]);
}, { once: true });

// Calls back before the next frame is painted, or soon where none is.
const inFrame = (then) => {
  const once = () => { cancelAnimationFrame(frame); clearTimeout(late); then(); };
  const frame = requestAnimationFrame(once), late = setTimeout(once, 100);
};

// Opens the frame: its door carries files into it and starts and stops workers there, and may be used at once; `opened`
// tells whether the frame came. A worker speaks with the page over its own port, and what it says is a sample's word:
// heard(kind, text, line) gets two strings and a whole number.
export const open = (url) => {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts");
  frame.setAttribute("aria-hidden", "true");
  frame.tabIndex = -1;
  frame.hidden = true;
  frame.title = "Readerly sandbox";
  frame.src = url;
  const { promise, resolve, reject } = Promise.withResolvers();
  const late = setTimeout(reject, 20000, new Error("its frame did not answer; the host may send it a policy that is stricter than its own"));
  const tell = (data, ...transfer) => promise.then(() => frame.contentWindow?.postMessage(data, "*", transfer), () => {});
  const hear = {}, takes = {}, ends = {}, said = [];
  let spent = 0, resting = false, full = -Infinity;
  // Has the page hear what workers said, in its order, for as long as a frame has time for; nobody sees a hidden page's frames.
  const work = () => {
    if (!resting) {
      resting = true;
      inFrame(() => { [spent, resting] = [0, false]; if (said.length) work(); });
    }
    while (said.length && (spent < SLICE || document.hidden)) {
      const began = performance.now(), [worker, kind, text, line] = said[0];
      const part = STREAMS.includes(kind) ? text.match(PART)[0] : text;
      if (part.length < text.length && hear[worker]) said[0][2] = text.slice(part.length);
      else said.shift();
      hear[worker]?.(kind, part, line);
      spent += performance.now() - began;
    }
    if (said.length) full = performance.now();
  };
  const say = (worker, kind, text, line = 0) => {
    const last = said.at(-1);
    if (last?.[0] === worker && last[1] === kind && last[3] === line && STREAMS.includes(kind)) last[2] += text;
    else said.push([worker, kind, text, line]);
    work();
  };
  const receive = ({ source, data }) => {
    if (!source || source !== frame.contentWindow) return;
    if (data === "ready") resolve();
    if (data?.said) takes[data.from]?.(data.said, true);
    if (data?.died) say(data.died, "failed", `Python stopped working: ${data.message}`);
    if (data?.broken) for (const worker of Object.keys(hear)) say(worker, "failed", `Python could not be compiled: ${data.broken}`);
  };
  addEventListener("message", receive);
  document.body.append(frame);
  return {
    opened: settled(promise.finally(() => clearTimeout(late))),
    carry: (files, progress, signal, cached) => carry(tell, files, progress, signal, cached),
    supply: (addresses, most, progress, signal) => supply(tell, addresses, most, progress, signal),
    origin: (url) => (URL.canParse(url) ? new URL(url).origin.replace(/^null$/, "") : ""),
    reach: (worker, port, answer, url, rules) => reach(port, answer, url, rules, ends[worker].signal),
    give: (file, value) => tell({ file, value }),
    fail: (file, error) => tell({ file, error }),
    start(worker, heard, memory, key) {
      const { port1, port2 } = new MessageChannel();
      hear[worker] = heard;
      ends[worker] = new AbortController();
      let second = 0, messages = 0, next = 0;
      port1.room = CHARACTERS;
      port1.onclose = () => say(worker, "failed", "Python has ended without a word"); // in browsers that tell
      // What a worker says, which may come by its frame as well, and earlier: the numbers of what is new follow each other.
      takes[worker] = (data, early) => {
        const now = Math.floor(performance.now() / 1000);
        messages = now === second ? messages + 1 : 1;
        second = now;
        const { number } = data ?? {};
        if (messages <= MESSAGES && (early ? number !== next : number < next)) return;
        next = Number.isInteger(number) ? number + 1 : next;
        const [kind, text] = [data?.kind, data?.text].map((said) => (typeof said === "string" ? said : ""));
        port1.room -= kind.length + text.length;
        if (messages > MESSAGES || port1.room < 0) {
          port1.onmessage = null;
          port1.close();
          delete takes[worker];
          return heard("failed", "It said more than a page can take in", 0);
        }
        say(worker, kind, text.slice(0, LONG.includes(kind) ? MOST : SHORT), Number.isInteger(data?.line) ? data.line : 0);
      };
      port1.onmessage = ({ data }) => {
        // No sample ever runs in a worker that was started to make an image: this is our own code's word.
        if (key && data?.image instanceof ArrayBuffer) {
          settled(keep(key, data.image));
          tell({ file: "image", value: data.image });
        }
        takes[worker]?.(data, false);
      };
      tell({ start: worker, making: Boolean(key), memory }, port2);
      return port1;
    },
    hire: (memory) => tell({ ahead: true, memory }),
    stop(worker) {
      delete hear[worker];
      delete takes[worker];
      ends[worker]?.abort();
      tell({ stop: worker });
    },
    say: (port, text) => {
      port.room = CHARACTERS;
      port.postMessage(JSON.parse(text));
    },
    recall: (key) => settled(kept(key).catch(() => null).then((value) => (tell({ file: "image", value }), Boolean(value)))),
    behind: () => performance.now() - full < CALM,
    close() {
      removeEventListener("message", receive);
      clearTimeout(late);
      frame.remove();
    },
  };
};
