// The sandbox's worker: boots Pyodide from the files its frame hands over and runs samples. It has no network.
const WASM = "pyodide.asm.wasm", LIBRARY = "library.zip", SOURCES = "sources.zip", IMAGE = "image", PACKAGES = "packages.json", PAGE = 4096;
// The most memory that Python takes, in bytes. Where the page's process is the sandbox's, giving much more back holds up the page.
const MOST = 2 ** 30;
// WebKit ends a worker's WebAssembly where it next enters a function: Python enters none in `while True: pass`, unless it looks for
// an interrupt in each turn, and would keep a core busy after Stop. There is never one in the buffer where it looks.
const WEBKIT = /AppleWebKit(?!.*Chrome)/.test(globalThis.navigator?.userAgent), UNINTERRUPTED = new Uint8Array(1);
const wheels = new Set(), NOWHERE = "https://sandbox.invalid/";
const text = (bytes) => new TextDecoder().decode(bytes);

// An image of memory: the length of its head, the head (JSON), and the pages that are neither zero nor, below the heap,
// what WebAssembly lays there by itself.
const pack = (head, memory, laid) => {
  const runs = [], pages = [];
  const words = (array, at) => new BigUint64Array(array.buffer, array.byteOffset + at, PAGE / 8);
  for (let at = 0; at < memory.length; at += PAGE) {
    const now = words(memory, at), before = at < head.heap ? words(laid, at) : null;
    if (before ? now.every((word, i) => word === before[i]) : now.every((word) => !word)) continue;
    const last = runs.at(-1);
    if (last && last[0] + last[1] === at / PAGE) last[1]++;
    else runs.push([at / PAGE, 1]);
    pages.push(memory.subarray(at, at + PAGE));
  }
  const said = new TextEncoder().encode(JSON.stringify({ ...head, memory: memory.length, runs }));
  const image = new Uint8Array(4 + said.length + pages.length * PAGE); // no Blob: WebKit cannot read one here
  new DataView(image.buffer).setUint32(0, said.length, true);
  image.set(said, 4);
  pages.forEach((page, i) => image.set(page, 4 + said.length + i * PAGE));
  return image.buffer;
};
const unpack = (image) => {
  const [length] = new Uint32Array(image, 0, 1);
  return { ...JSON.parse(text(new Uint8Array(image, 4, length))), pages: new Uint8Array(image, 4 + length) };
};
// What Python does first of all: see `rehearsal.vary`.
const VARY = new TextEncoder().encode("__import__('readerly_sandbox.rehearsal').rehearsal.vary()\0");
const restore = ({ state, heap, zone, runs, pages }, { HEAPU8: memory, _sbrk, _malloc, _free, _PyRun_SimpleString }, setZone) => {
  memory.fill(0, heap, _sbrk(0));
  let from = 0;
  for (const [first, count] of runs) memory.set(pages.subarray(from, from += count * PAGE), first * PAGE);
  setZone(...zone); // the maker's time zone stood there
  const at = _malloc(VARY.length);
  memory.set(VARY, at);
  _PyRun_SimpleString(at);
  _free(at);
  return state;
};

// Pyodide's snapshot, as an image without what nobody needs: what was freed still holds what it held.
const photograph = (python, laid, zone) => {
  const { _malloc, _free, _sbrk, _emscripten_stack_get_end, stackSave, HEAPU8 } = python._module;
  const top = _sbrk(0), freed = [];
  for (let size = 1 << 20; size >= 16; size = Math.floor(size * 0.75)) {
    for (let at; (at = _malloc(size)); freed.push(at)) {
      if (_sbrk(0) !== top) { _free(at); break; }
      HEAPU8.fill(0, at, at + size);
    }
  }
  freed.forEach((at) => _free(at));
  HEAPU8.fill(0, _emscripten_stack_get_end(), stackSave());
  const made = python.makeMemorySnapshot(), [, start, length] = new Uint32Array(made.buffer, 0, 3);
  return pack({ state: JSON.parse(text(made.subarray(48, 48 + length))), heap: laid.length, zone }, made.slice(start), laid);
};

// What a sample fetches, once Python has booted: the page asks the hosts that its author allows.
let beyond = null;
const asks = (ask) => async (asked, options) => {
  const { url, method, headers, signal } = new Request(asked, options);
  const { text, bytes } = await new Promise((yes, no) => {
    ask("fetch", JSON.stringify({ url, method, headers: [...headers] })).then(yes, no);
    signal.addEventListener("abort", () => no(signal.reason));
  });
  const { url: from, ...rest } = JSON.parse(text);
  return Object.defineProperty(new Response(bytes.byteLength ? bytes : null, rest), "url", { value: from });
};

const scripts = Promise.all(["pyodide.mjs", "pyodide.asm.mjs"].map((name) => file(name).then(script))); // while larger files arrive
let need = file; // says so to the page too, once one is there
const boot = async ({ image, memory, making }) => {
  const [{ loadPyodide }, { default: create }] = await scripts;
  self.fetch = async (asked, options) => {
    const url = String(asked.url ?? asked), name = url.split("/").pop();
    if (beyond && !url.startsWith(NOWHERE)) return beyond(asked, options);
    if (name === WASM) return new Response(); // the frame has compiled it
    if (name.endsWith(".whl") && wheels.has(name)) return new Response(await (slots.has(name) ? file(name) : need(name)));
    if (name !== LIBRARY) throw new TypeError("The sandbox has no network.");
    return new Response(image ? new Uint8Array([80, 75, 5, 6, ...Array(18).fill(0)]) : await need(LIBRARY)); // an empty zip will do
  };
  const failed = Promise.withResolvers(), streaming = WebAssembly.instantiateStreaming;
  let laid, zone, setZone;
  WebAssembly.instantiateStreaming = async (_, imports) => {
    try {
      setZone = imports.env._tzset_js;
      const grow = imports.env.emscripten_resize_heap;
      imports.env.emscripten_resize_heap = (bytes) => bytes >>> 0 <= MOST && grow(bytes);
      if (making) imports.env._tzset_js = (...pointers) => { zone = pointers; setZone(...pointers); };
      const module = await file(WASM), instance = await WebAssembly.instantiate(module, imports);
      // Whole pages below the heap: what WebAssembly lays there needs no keeping.
      if (making) laid = new Uint8Array((instance.exports.memory ?? imports.env.memory).buffer.slice(0, instance.exports.__heap_base.value & -PAGE));
      return { module, instance };
    } catch (error) { // Pyodide would wait for ever
      failed.reject(error);
      throw error;
    }
  };
  try {
    const python = await Promise.race([failed.promise, loadPyodide({
      indexURL: NOWHERE, packageBaseUrl: NOWHERE, stdLibURL: NOWHERE + LIBRARY,
      lockFileContents: text(await file("pyodide-lock.json")),
      // One seed for all, so that sets come out in the author's order; an image could not have one of its own anyway.
      env: { PYTHONHASHSEED: "0" },
      createPyodideModule: async (settings) => {
        if (image) settings.INITIAL_MEMORY = memory || (await image).memory;
        const module = await create(settings);
        if (image) await image.then((ready) => { settings.API.restoreSnapshot = () => restore(ready, module, setZone); });
        return module;
      },
      _makeSnapshot: Boolean(making), _loadSnapshot: image ? new Uint8Array() : undefined,
    })]);
    if (!image) {
      python.FS.mkdirTree("/lib/readerly/readerly_sandbox");
      for (const [name, source] of Object.entries(JSON.parse(text(await file("sandbox.json")))))
        python.FS.writeFile("/lib/readerly/readerly_sandbox/" + name, source);
      python.runPython("import sys; sys.path.append('/lib/readerly')");
    }
    const library = python.pyimport("readerly_sandbox.library");
    if (making) library.gather();
    return { image: making && photograph(python, laid, zone), python, library };
  } finally {
    WebAssembly.instantiateStreaming = streaming;
  }
};

// Has Pyodide unpack wheels that the page handed over, and verified, those that are not unpacked yet.
const install = async (python, library, names) => {
  const fresh = names.filter((name) => !wheels.has(name));
  if (!fresh.length) return;
  fresh.forEach((name) => wheels.add(name));
  await library.whole(); // what is in wheels may import any of it
  const wrong = [];
  await python.loadPackage(fresh.map((name) => NOWHERE + name), { messageCallback() {}, errorCallback: (said) => wrong.push(said) });
  if (wrong.length) throw new Error(wrong.join(" "));
};

// A worker that is hired ahead boots as far as it can without the large files.
const fromImage = (memory) => {
  const image = file(IMAGE).then(unpack), booted = boot({ image, memory });
  for (const late of [image, booted]) late.catch(() => {}); // who starts hears of it
  return booted;
};
let hired = null;

const start = async (port, { making, memory }) => {
  const { say, hear } = speaker(port);
  const fail = (error) => say("failed", String(error?.message ?? error));
  need = (name) => (say("needs", name), file(name));
  self.close = () => fail("The sample closed its own Python"); // which ends without a word
  try {
    if (making) {
      const { image } = await boot({ making });
      port.postMessage({ kind: "image", image }, [image]);
      return;
    }
    // An image whose size in memory is known need not be here before Python's module is made.
    let image = memory || await file(IMAGE);
    const { python, library } = await (image ? (hired ?? fromImage(memory)).catch((error) => {
      image = null;
      say("imageless", String(error?.message ?? error));
      return boot({});
    }) : boot({}));
    const lay = async (path, bytes) => python.FS.writeFile(path, new Uint8Array(await bytes), { canOwn: true });
    const arrived = (bytes) => lay(library.PATH, bytes).then(() => library.arrived());
    if (image) arrived(file(LIBRARY)).catch(() => {}); // unasked; who needs it asks again
    python.pyimport("readerly_sandbox.missing").begin(async () => text(await need(PACKAGES)));
    library.begin(image ? () => arrived(need(LIBRARY)) : null, () => lay(library.SOURCES, need(SOURCES)));
    if (WEBKIT) python.setInterruptBuffer(UNINTERRUPTED);
    python._api.on_fatal = ({ message }) => fail(`Python stopped working: ${message}`); // what awaits it hears nothing
    python.pyimport("readerly_sandbox.files").begin((address) => file("file:" + address));
    const runner = python.pyimport("readerly_sandbox.runner");
    const answers = [];
    const ask = (kind, text) => new Promise((...ends) => say("asks", JSON.stringify([kind, text]), answers.push(ends)));
    beyond = asks(ask);
    // A browser compiles better what has run some times: done in the time that nobody needs.
    let idle = true;
    const rehearse = (times) => {
      if (!idle || !times) return;
      runner.rehearse(times);
      setTimeout(rehearse, 0, times - 1);
    };
    hear(async (data) => {
      idle = false;
      if (data.answer) {
        const [answer, refuse] = answers[data.answer - 1] ?? []; // a sample may ask past `ask`
        return data.refused ? refuse?.(new Error(data.refused)) : answer?.(data.bytes ? data : data.text);
      }
      if (data.look) return runner.look(data.look, data.text, data.number, say);
      try {
        await install(python, library, data.wheels ?? []);
        await runner.run(JSON.stringify(data), say, ask);
      } catch (error) { // the runner reports a sample's errors itself: this is the runtime giving way
        fail(error);
      }
    });
    say("ready");
    setTimeout(rehearse, 30, 30);
  } catch (error) {
    fail(error);
  }
};
onmessage = ({ data, ports: [port] }) => {
  const { file: name, value, error, ahead } = data;
  if (port) start(port, data);
  else if (ahead) hired = fromImage(ahead);
  else if (error) {
    slot(name).promise.catch(() => {});
    slot(name).reject(new Error(error));
    slots.delete(name);
  } else slot(name).resolve(value);
};
