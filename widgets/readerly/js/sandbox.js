// Runs in the opaque-origin iframe. It keeps the files the page carries here, compiles Pyodide's WebAssembly while that
// arrives, and gives each new worker all of it.
// A worker's last line is its sign of life.
const source = "__WORKER__" + "\npostMessage(null);", workers = new Map(), files = new Map();
const alive = () => [...workers.values()].filter((worker) => worker.alive);
const give = (worker, file, value) => worker.postMessage({ file, value });
const take = (file, value) => {
  files.set(file, value);
  for (const worker of alive()) give(worker, file, value);
};
let wasm;
const compile = () => {
  const body = new ReadableStream({ start: (controller) => { wasm = controller; } });
  const response = new Response(body, { headers: { "content-type": "application/wasm" } });
  WebAssembly.compileStreaming(response).then(
    (module) => take("pyodide.asm.wasm", module), ({ message }) => parent.postMessage({ broken: message }, "*"));
};
// The page's own thread copies the files for each worker, megabytes of them: one in a task, so that it can paint between them.
const turns = new MessageChannel(), supplying = [];
const supply = () => {
  const [id, name] = supplying.shift(), worker = workers.get(id);
  if (worker) give(worker, name, files.get(name));
};
turns.port1.onmessage = supply;
// Starts a worker, which gets its port and the files once it shows that it runs. One that does not
// is replaced after `patience` milliseconds, and the next one has twice as long.
const begin = (id, said, port, patience) => {
  const worker = new Worker("data:text/javascript," + encodeURIComponent(source), { type: "module" });
  workers.set(id, worker);
  const late = setTimeout(() => {
    if (workers.get(id) !== worker) return;
    worker.terminate();
    begin(id, said, port, 2 * patience);
  }, patience);
  worker.onerror = ({ message }) => parent.postMessage({ died: id, message }, "*");
  worker.onmessage = () => {
    clearTimeout(late);
    worker.onmessage = null; // what comes later is a sample's
    worker.alive = true;
    worker.postMessage(said, [port]);
    for (const name of files.keys()) {
      supplying.push([id, name]);
      turns.port2.postMessage(null);
    }
  };
};
addEventListener("message", ({ source: sender, data, ports: [port] }) => {
  if (sender !== parent) return;
  const { file, value, error, chunk, start, making, memory, stop } = data;
  if (error) for (const worker of alive()) worker.postMessage({ file, error });
  else if (file) take(file, value);
  if (chunk) {
    if (!wasm) compile();
    wasm.enqueue(new Uint8Array(chunk));
  } else if (chunk === null) wasm.close();
  if (start) begin(start, { making, memory }, port, 4000);
  if (stop) {
    workers.get(stop)?.terminate();
    workers.delete(stop);
  }
});
parent.postMessage("ready", "*");
