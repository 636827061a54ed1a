// node library.mjs FOLDER: compiles the standard library in FOLDER/python_stdlib.zip with Pyodide's own Python, since byte
// code is good for that Python only, and writes it to FOLDER/library.zip, and its sources to FOLDER/sources.zip.
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const [folder] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(join(folder, "pyodide.mjs")).href);
const python = await loadPyodide({ indexURL: folder });
python.FS.writeFile("/given.zip", readFileSync(join(folder, "python_stdlib.zip")));
python.runPython(`
import importlib._bootstrap_external as external
import importlib.util
import sys
import zipfile

place = next(place for place in sys.path if place.endswith(".zip"))
given = zipfile.ZipFile("/given.zip")
# Not deflated: hosts compress the whole, which is smaller, and browsers unpack that faster than Python does each file.
with zipfile.ZipFile("/library.zip", "w") as library, zipfile.ZipFile("/sources.zip", "w") as sources:
    for name in sorted(given.namelist()):
        if name.endswith("/"):
            continue
        data = given.read(name)
        if name.endswith(".py"):
            sources.writestr(zipfile.ZipInfo(name), data)
            code = compile(data, f"{place}/{name}", "exec", dont_inherit=True)
            data = external._code_to_hash_pyc(code, importlib.util.source_hash(data), checked=False)
            name += "c"
        library.writestr(zipfile.ZipInfo(name), bytes(data))
`);
for (const name of ["library.zip", "sources.zip"]) writeFileSync(join(folder, name), python.FS.readFile("/" + name));
