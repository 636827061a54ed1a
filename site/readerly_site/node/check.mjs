// node check.mjs FILES: boots a sandbox's worker as a browser would. FILES, a JSON object, names it, the files it is given and
// those it may ask for later. Then runs in it what comes on standard input, a request on each line, one after the other;
// a line with a "file" is a data file that requests name by its address, and its bytes in base64.
// Prints what is said as lines of JSON. Ends with status 3 where this Node has no way to suspend WebAssembly.
import { readFileSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";

const { worker, given, later } = JSON.parse(process.argv[2]);
const read = (file) => new Uint8Array(readFileSync(file)).buffer;
if (!("Suspending" in WebAssembly)) process.exit(3);

// Pyodide is to take this for a browser's worker, which the image was made for.
const { stdin } = process;
Object.assign(process, { browser: true, type: "renderer" });
if ("micropython.mjs" in given) delete globalThis.process; // nor is MicroPython to see Node
Object.assign(globalThis, { self: globalThis, WorkerGlobalScope: Object, location: new URL("https://sandbox.invalid/"), postMessage() {} });
(0, eval)(readFileSync(worker, "utf8"));

const give = (file, value) => globalThis.onmessage({ data: { file, value }, ports: [] });
const port = {
  postMessage: ({ kind, text, line }) => {
    if (kind === "needs") return give(text, read(later[text]));
    if (kind === "asks" && JSON.parse(text)[0] === "fetch")
      return port.onmessage({ data: { answer: line, refused: "A sample has no network when it is checked; say skip in its fence" } });
    if (kind === "asks") return port.onmessage({ data: { answer: line, text: "" } }); // nobody is here: the end of input
    // Written at once: what a sample said before it hung, or took Node down, is to be known.
    writeSync(1, JSON.stringify([kind, text ?? "", line ?? 0]) + "\n");
    if (kind === "ready") createInterface({ input: stdin }).on("line", (line) => {
      const data = JSON.parse(line);
      if (data.file) give("file:" + data.file, new Uint8Array(Buffer.from(data.bytes, "base64")).buffer);
      else port.onmessage({ data });
    });
  },
};
for (const [name, file] of Object.entries(given)) // the frame compiles Pyodide while it arrives
  give(name, name === "pyodide.asm.wasm" ? await WebAssembly.compile(read(file)) : read(file));
globalThis.onmessage({ data: {}, ports: [port] });
