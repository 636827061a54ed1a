// Runs in the opaque-origin iframe. It keeps the files the page carries here, compiles Pyodide's WebAssembly while that
// arrives, and gives each new worker all of it.
// A worker's last line is its sign of life.
const source = "__WORKER__" + "\npostMessage(null);", workers = new Map(), files = new Map();
const alive = () => [...workers.values()].filter((worker) => worker.alive);
const give = (worker, file, value) => {
  worker.has.add(file);
  worker.postMessage({ file, value });
};
// What a worker that is hired ahead gets: the small files, and WebAssembly, which it links. It waits for what fills its memory.
const WASM = "pyodide.asm.wasm", AHEAD = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide-lock.json", "sandbox.json", WASM];
let next = null;
const take = (file, value) => {
  files.set(file, value);
  for (const worker of alive()) give(worker, file, value);
  if (next?.alive && AHEAD.includes(file)) give(next, file, value);
};
let wasm;
const compile = () => {
  const body = new ReadableStream({ start: (controller) => { wasm = controller; } });
  const response = new Response(body, { headers: { "content-type": "application/wasm" } });
  WebAssembly.compileStreaming(response).then(
    (module) => take(WASM, module), ({ message }) => parent.postMessage({ broken: message }, "*"));
};
// The page's own thread copies the files for each worker, megabytes of them: one in a task, so that it can paint between them.
const turns = new MessageChannel(), supplying = [];
const supply = () => {
  const [id, name] = supplying.shift(), worker = workers.get(id);
  if (worker) give(worker, name, files.get(name));
};
turns.port1.onmessage = supply;
// Passes on what a worker says this way too (see link.js). It is a sample's word: strings and numbers, short and not too often.
const LONG = 11_000, OFTEN = 100;
const relay = (worker, data) => {
  const [kind, text] = [data?.kind, data?.text].map((said) => String(said ?? "")), now = Math.floor(performance.now() / 1000);
  if (now !== worker.second) Object.assign(worker, { second: now, relayed: 0 });
  if (kind.length + text.length > LONG || worker.relayed++ >= OFTEN) return;
  parent.postMessage({ said: { kind, text, line: Number(data?.line ?? 0), number: Number(data?.number) }, from: worker.id }, "*");
};
// Starts a worker, which boots from an image at once if `memory` says what memory that needs.
const hire = (memory) => {
  const worker = new Worker("data:text/javascript," + encodeURIComponent(source), { type: "module" });
  Object.assign(worker, { memory, has: new Set() });
  worker.onerror = ({ message }) => {
    if (worker === next) next = null;
    else parent.postMessage({ died: worker.id, message }, "*");
  };
  worker.onmessage = () => {
    worker.onmessage = ({ data }) => relay(worker, data);
    worker.alive = true;
    if (memory) worker.postMessage({ ahead: memory });
    for (const name of AHEAD) if (files.has(name)) give(worker, name, files.get(name));
    worker.begin?.();
  };
  return worker;
};
// Gives a worker to who waits for one, the one hired ahead if that boots as is wanted: its port and the files, once it shows
// that it runs. One that does not is replaced after `patience` milliseconds, and the next one has twice as long.
const begin = (id, said, port, patience) => {
  const fits = next && !said.making && next.memory === said.memory, worker = fits ? next : hire(0);
  if (!fits) next?.terminate();
  next = null;
  worker.id = id;
  workers.set(id, worker);
  const late = setTimeout(() => {
    if (workers.get(id) !== worker) return;
    worker.terminate();
    begin(id, said, port, 2 * patience);
  }, patience);
  worker.begin = () => {
    clearTimeout(late);
    worker.postMessage(said, [port]);
    for (const name of files.keys()) {
      if (worker.has.has(name)) continue;
      supplying.push([id, name]);
      turns.port2.postMessage(null);
    }
  };
  if (worker.alive) worker.begin();
};
// What the page says, or who carries files for it.
const heed = (data, port) => {
  const { file, value, error, chunk, start, making, memory, stop, ahead, carrier } = data;
  if (carrier) port.onmessage = ({ data }) => heed(data);
  if (error) for (const worker of alive()) worker.postMessage({ file, error });
  else if (file) take(file, value);
  if (chunk) {
    if (!wasm) compile();
    wasm.enqueue(new Uint8Array(chunk));
  } else if (chunk === null) wasm.close();
  if (start) begin(start, { making, memory }, port, 4000);
  if (ahead) next ??= hire(memory);
  if (stop) {
    workers.get(stop)?.terminate();
    workers.delete(stop);
  }
};
addEventListener("message", ({ source: sender, data, ports: [port] }) => {
  if (sender === parent) heed(data, port);
});
parent.postMessage("ready", "*");
