// node image.mjs FOLDER make NAME: runs FOLDER/worker.js, the sandbox's worker, on the files in FOLDER as a browser would, and
// writes the image of memory it makes to FOLDER/NAME.
// node image.mjs FOLDER try NAME: lets it boot from that image and run a sample; prints what was said as lines of JSON.
// Ends with status 3 where this Node has no way to suspend WebAssembly: its images would be no good.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const [folder, task, name] = process.argv.slice(2);
const SAMPLE = `import asyncio, json, wsgiref.util
from pyodide.ffi import run_sync
run_sync(asyncio.sleep(0))
print(json.dumps([6 * 7]))`;
const read = (name) => new Uint8Array(readFileSync(join(folder, name))).buffer;
if (!("Suspending" in WebAssembly)) process.exit(3);

// Pyodide is to take this for a browser's worker: an image of one that runs in Node would look for Node.
Object.assign(process, { browser: true, type: "renderer" });
Object.assign(globalThis, { self: globalThis, WorkerGlobalScope: Object, location: new URL("https://sandbox.invalid/"), postMessage() {} });
// What an image is made of is to be the same each time.
if (task === "make") {
  Object.defineProperty(crypto, "getRandomValues", { value: (array) => array.fill(0) });
  Date.now = performance.now = () => 0;
}
(0, eval)(readFileSync(join(folder, "worker.js"), "utf8"));

const { port1: page, port2: port } = new MessageChannel();
const give = (file, value) => globalThis.onmessage({ data: { file, value }, ports: [] });
for (const file of ["pyodide.mjs", "pyodide.asm.mjs", "pyodide-lock.json", "sandbox.json"]) give(file, read(file));
give("pyodide.asm.wasm", await WebAssembly.compile(read("pyodide.asm.wasm")));
if (task === "try") give("image", read(name));
page.onmessage = ({ data: { kind, text, image } }) => {
  if (kind === "needs") give(text, read(text));
  if (image) writeFileSync(join(folder, name), new Uint8Array(image));
  if (task === "try") console.log(JSON.stringify([kind, text ?? ""]));
  if (kind === "ready") page.postMessage({ source: SAMPLE, name: "sample-1.py", session: null });
  if (kind === "failed" && task === "make") console.error(text);
  if (["image", "done", "failed", "imageless"].includes(kind)) process.exit(kind === "image" || kind === "done" ? 0 : 1);
};
globalThis.onmessage({ data: { making: task === "make" }, ports: [port] });
