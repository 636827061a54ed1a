// Runs in the opaque-origin iframe. It keeps the files the page carries here, compiles Pyodide's WebAssembly while that
// arrives, and gives each new worker all of it.
const source = "__WORKER__", workers = new Map(), files = new Map();
const give = (worker, file, value) => worker.postMessage({ file, value });
const take = (file, value) => {
  files.set(file, value);
  for (const worker of workers.values()) give(worker, file, value);
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
addEventListener("message", ({ source: sender, data, ports: [port] }) => {
  if (sender !== parent) return;
  const { file, value, error, chunk, start, making, memory, stop } = data;
  if (error) for (const worker of workers.values()) worker.postMessage({ file, error });
  else if (file) take(file, value);
  if (chunk) {
    if (!wasm) compile();
    wasm.enqueue(new Uint8Array(chunk));
  } else if (chunk === null) wasm.close();
  if (start) {
    const worker = new Worker("data:text/javascript," + encodeURIComponent(source), { type: "module" });
    worker.onerror = ({ message }) => parent.postMessage({ died: start, message }, "*");
    worker.postMessage({ making, memory }, [port]);
    workers.set(start, worker);
    for (const name of files.keys()) {
      supplying.push([start, name]);
      turns.port2.postMessage(null);
    }
  }
  if (stop) {
    workers.get(stop)?.terminate();
    workers.delete(stop);
  }
});
parent.postMessage("ready", "*");
