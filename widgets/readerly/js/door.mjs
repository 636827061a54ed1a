// The page's door to the sandbox: an iframe of opaque origin that gets every byte it will ever have through here.
import { settled } from "./guard.mjs";

// What a page can take in of one worker: messages in a second, and characters in a run. A sample can speak past the runner.
const MESSAGES = 2000, CHARACTERS = 16_000_000;
// Characters of a message that anything reads, and of one that is shown in one step: our own runner says less of an error.
const MOST = 4_000_000, SHORT = 50_000, LONG = ["stdout", "stderr", "rich", "asks", "looked"];
// Work of a frame in milliseconds, after which the browser paints, and a part of a stream's text that is one step of it: so
// many characters that move the cursor or change the colour, each of which may cost an element, and so many between two.
const SLICE = 8, STREAMS = ["stdout", "stderr"], PART = /^(?:[^\0\x07\b\r\x1b\x7f\x9b]{0,120}[\0\x07\b\r\x1b\x7f\x9b]?){1,8}/u;

// Milliseconds for which the browser lays out and paints what came, after a frame had too little time for it.
const CALM = 200;

// The bytes of an answer; count(length) of each piece may throw, which ends it. It waits by next(promise).
const whole = async (response, count, next = (promise) => promise) => {
  const pieces = [];
  for (const reader = response.body?.getReader(); reader; ) {
    const { done, value } = await next(reader.read());
    if (done) break;
    try { count(value.length); } catch (error) { reader.cancel(); throw error; }
    pieces.push(value);
  }
  return new Blob(pieces).arrayBuffer();
};

// The megabytes that Python boots from pass no thread that a reader waits for: a worker of the page fetches them and hands them
// to the frame. Its first word says that it runs. Where none may or does, this thread does what it would: one whose script lies
// on another origin, or a page whose policy refuses the worker or its Trusted Types policy.
const CARRIER = new URL("carrier.mjs", import.meta.url).href, PATIENCE = 4000;
let engaged = null; // one for all the frames of a page
let address = null; // what Trusted Types make of the carrier's: a policy of a name is made once
const engage = () => engaged ??= new Promise((done) => {
  try {
    address ??= globalThis.trustedTypes?.createPolicy("readerly", { createScriptURL: () => CARRIER }).createScriptURL("") ?? CARRIER;
    const worker = new Worker(address, { type: "module" });
    worker.onmessage = () => done(worker);
    worker.onerror = () => done(null);
    setTimeout(done, PATIENCE, null);
  } catch { done(null); }
});
// Milliseconds without a word of how far a task is, after which it counts as failed: more than a file has for its next bytes.
// An image that the browser has kept is on this device.
const SILENCE = 25_000, SHORT_SILENCE = 5000;
// Has a task of the carrier done, and returns what it returns; `bytes` are given away. Over one port it hears when to end and
// tells how far it is; over the other one it hands files to the frame. Where its error is `silent`, nobody said what failed, and
// another try may do.
const carried = async (tell, task, given, { bytes = [], progress = null, signal = null, silence = SILENCE } = {}) => {
  const [page, frame] = [new MessageChannel(), new MessageChannel()], ports = [page.port2, frame.port2];
  const engagement = engage(), worker = await engagement;
  if (worker) worker.postMessage({ task, given }, [...ports, ...bytes]);
  else (await import(CARRIER)).serve({ data: { task, given }, ports });
  tell({ carrier: true }, frame.port1);
  return new Promise((done, fail) => {
    let late;
    const end = (then, what) => {
      clearTimeout(late);
      signal?.removeEventListener("abort", stop);
      page.port1.postMessage(null);
      page.port1.close();
      then(what);
    };
    const stop = () => end(fail, new Error("it was stopped"));
    const gone = () => {
      if (worker && engaged === engagement) engaged = null; // it may have ended: the next task gets another
      end(fail, Object.assign(new Error(`nothing came for ${silence / 1000} seconds`), { silent: true }));
    };
    const wait = () => {
      clearTimeout(late);
      late = setTimeout(gone, silence);
    };
    page.port1.onmessage = ({ data: { arrived, value, error, silent } }) => {
      wait();
      if (arrived !== undefined) progress(arrived);
      else if (error !== undefined) end(fail, Object.assign(new Error(error), { silent }));
      else end(done, value);
    };
    wait();
    signal?.addEventListener("abort", stop);
    if (signal?.aborted) stop();
  });
};

// Fetches data files of the page's own origin side by side and carries them into the frame, each under "file:" and its
// address. All of them together may have `most` bytes. progress(bytes so far, bytes in all or 0) at most ten times a second.
const supply = (tell, addresses, most, progress, signal) => settled((async () => {
  let arrived = 0, total = 0, told = 0;
  const { watched } = await import(CARRIER);
  await Promise.all(JSON.parse(addresses).map(async (address) => {
    const next = watched(new URL(address, document.baseURI).href, signal);
    const response = await next.of(fetch(address, { signal: next.signal, mode: "same-origin" }));
    if (!response.ok) throw new Error(`${response.url} answered ${response.status}`);
    total += response.headers.get("content-encoding") ? NaN : Number(response.headers.get("content-length") ?? NaN);
    const value = await whole(response, (length) => {
      if ((arrived += length) > most) throw new Error(`more than ${most / 1e6} MB, which is the most that a sample may have`);
      if (performance.now() - told > 100) { told = performance.now(); progress(arrived, total || 0); }
    }, next.of);
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
  engage();
  return {
    opened: settled(promise.finally(() => clearTimeout(late))),
    carry: (files, progress, signal, cached) => settled(carried(tell, "carry", { files, cached }, { progress, signal })),
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
        if (key && data?.image instanceof ArrayBuffer) settled(carried(tell, "keep", { key, image: data.image }, { bytes: [data.image] }));
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
    say: (port, text, source) => {
      port.room = CHARACTERS;
      port.postMessage(source === null ? JSON.parse(text) : { ...JSON.parse(text), source });
    },
    recall: (key, signal) => settled(carried(tell, "recall", { key }, { signal, silence: SHORT_SILENCE })),
    behind: () => performance.now() - full < CALM,
    close() {
      removeEventListener("message", receive);
      clearTimeout(late);
      frame.remove();
    },
  };
};
