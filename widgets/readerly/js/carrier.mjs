// Fetches what Python boots from and hands it to a sandbox's frame: tell(message, ...transferred). It runs in a worker of the
// page, which door.mjs engages, or in the page. A task gets what it is given, may call progress(…), and ends on a signal.
const WASM = "pyodide.asm.wasm", IMAGE = "image", SHELF = "readerly-image", DAY = 86_400_000;
// Bytes, as transferred, of a file that goes before larger ones; and the part of WebAssembly that is most of it.
const SMALL = 500_000, MOSTLY = 0.75;
// Milliseconds without a byte after which a file counts as failed, for this time.
const STILL = 20_000;

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

// A fetch of `url` ends with `signal`, and where nothing comes for a while: of(promise) is what it waits for next.
export const watched = (url, signal) => {
  const still = new AbortController();
  const over = () => still.abort(Object.assign(new Error(`nothing of ${url} came for ${STILL / 1000} seconds`), { silent: true }));
  return {
    signal: AbortSignal.any([signal, still.signal]),
    async of(promise) {
      const late = setTimeout(over, STILL);
      try { return await promise; } catch (error) { throw still.signal.reason ?? error; } finally { clearTimeout(late); }
    },
  };
};

// Fetches files ([{name, url, bytes, size, packed}] as JSON) and carries them into the frame: WebAssembly as it arrives, so that
// it is compiled meanwhile, but read after the small files, which Python's boot begins with; and the image once most of that
// is here, since Python needs it last. progress(bytes so far, as transferred) is called at most ten times a second.
const carry = async (tell, { files, cached }, progress, signal) => {
  let arrived = 0, told = 0;
  const options = cached ? { cache: "only-if-cached", mode: "same-origin" } : {};
  const listed = JSON.parse(files), most = Promise.withResolvers();
  const one = async (file, before) => {
    const whole = file.name === WASM ? null : new Uint8Array(file.bytes);
    let at = 0;
    const next = watched(file.url, signal);
    const body = await next.of(stream(file, { ...options, signal: next.signal }));
    await before;
    for (const reader = body.getReader(); ;) {
      const { done, value } = await next.of(reader.read());
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
};

// An image that this browser made itself, for the ones that cannot use the one of the build: Python has it first. One is kept,
// for a month, and only where it takes a small part of the room there is.
const keep = async (tell, { key, image }) => {
  const { byteLength } = image, made = new Response(image, { headers: { "x-made": String(Date.now()) } });
  tell({ file: IMAGE, value: image }, image);
  const { quota = Infinity, usage = 0 } = (await navigator.storage?.estimate?.()) ?? {};
  if (quota - usage < 20 * byteLength) return;
  const shelf = await caches.open(SHELF);
  for (const other of await shelf.keys()) await shelf.delete(other);
  await shelf.put(key, made);
};
const kept = async (key) => {
  if (!key) return null;
  const found = await globalThis.caches?.open(SHELF).then((shelf) => shelf.match(key)); // no caches without https
  return found && Date.now() - Number(found.headers.get("x-made")) < 30 * DAY ? found.arrayBuffer() : null;
};
// Hands over the image that was kept under `key`, or that there is none, and returns whether there was one. Once nobody waits
// for it any more, the frame has heard that there is none.
const recall = async (tell, { key }, _, signal) => {
  const value = await kept(key).catch(() => null), found = Boolean(value);
  if (!signal.aborted) tell({ file: IMAGE, value }, ...(found ? [value] : []));
  return found;
};

// Does a task as it is told to in a message: over the first of its ports it hears when to end, tells how far it is and what
// became of it, and over the second it hands files to the frame.
const tasks = { carry, keep, recall };
export const serve = async ({ data: { task, given }, ports: [page, frame] }) => {
  const end = new AbortController();
  page.onmessage = () => end.abort();
  try {
    const tell = (message, ...transferred) => frame.postMessage(message, transferred);
    page.postMessage({ value: await tasks[task](tell, given, (arrived) => page.postMessage({ arrived }), end.signal) });
  } catch (error) {
    page.postMessage({ error: String(error?.message ?? error), silent: Boolean(error?.silent) });
  }
};
if (globalThis.WorkerGlobalScope) {
  onmessage = serve;
  postMessage(null);
}
