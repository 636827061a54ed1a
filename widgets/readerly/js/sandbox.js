// Runs in the opaque-origin iframe. It keeps the files the page handed over and gives each new worker a copy of them.
const source = "__WORKER__";
const workers = new Map();
let files;
addEventListener("message", ({ source: sender, data, ports: [port] }) => {
  if (sender !== parent) return;
  if (data.files) files = data.files;
  if (data.start) {
    const worker = new Worker("data:text/javascript," + encodeURIComponent(source), { type: "module" });
    worker.onerror = ({ message }) => parent.postMessage({ died: data.start, message }, "*");
    worker.postMessage(files, [port]);
    workers.set(data.start, worker);
  }
  if (data.stop) {
    workers.get(data.stop)?.terminate();
    workers.delete(data.stop);
  }
});
parent.postMessage("ready", "*");
