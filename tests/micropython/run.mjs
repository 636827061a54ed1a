// Runs one Python program in MicroPython's WebAssembly build:  node run.mjs MICROPYTHON_MJS < job.json
// The job is {"files": {path: source}, "program": source}. What the program prints goes to stdout and stderr.
import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";

const { loadMicroPython } = await import(pathToFileURL(process.argv[2]));
const { files, program } = JSON.parse(readFileSync(0, "utf8"));
const interpreter = await loadMicroPython({ stdout: console.log, stderr: console.error });

for (const [path, source] of Object.entries(files)) {
  const folders = path.split("/").slice(1, -1);
  folders.forEach((_, i) => {
    const folder = "/" + folders.slice(0, i + 1).join("/");
    if (!interpreter.FS.analyzePath(folder).exists) interpreter.FS.mkdir(folder);
  });
  interpreter.FS.writeFile(path, source);
}
try {
  interpreter.runPython(program);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
