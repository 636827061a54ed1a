// node check.mjs FILES: boots worker.js, the sandbox's worker, as a browser would, from the files that FILES, a JSON object,
// names; then runs in it what comes on standard input, a request on each line, one after the other. Prints what is said as
// lines of JSON. Ends with status 3 where this Node has no way to suspend WebAssembly.
import { readFileSync, writeSync } from "node:fs";
import { createInterface } from "node:readline";

const files = JSON.parse(process.argv[2]);
const read = (name) => new Uint8Array(readFileSync(files[name])).buffer;
if (!("Suspending" in WebAssembly)) process.exit(3);

// Pyodide is to take this for a browser's worker, which the image was made for.
const { stdin } = process;
Object.assign(process, { browser: true, type: "renderer" });
Object.assign(globalThis, { self: globalThis, WorkerGlobalScope: Object, location: new URL("https://sandbox.invalid/") });
(0, eval)(readFileSync(files["worker.js"], "utf8"));

const give = (file, value) => globalThis.onmessage({ data: { file, value }, ports: [] });
const port = {
  postMessage: ({ kind, text, line }) => {
    if (kind === "needs") return give(text, read(text));
    if (kind === "asks") return port.onmessage({ data: { answer: line, text: "" } }); // nobody is here: the end of input
    // Written at once: what a sample said before it hung, or took Node down, is to be known.
    writeSync(1, JSON.stringify([kind, text ?? "", line ?? 0]) + "\n");
    if (kind === "ready") createInterface({ input: stdin }).on("line", (asked) => port.onmessage({ data: JSON.parse(asked) }));
  },
};
for (const file of ["pyodide.mjs", "pyodide.asm.mjs", "pyodide-lock.json", "sandbox.json", "image"]) give(file, read(file));
give("pyodide.asm.wasm", await WebAssembly.compile(read("pyodide.asm.wasm")));
globalThis.onmessage({ data: {}, ports: [port] });
