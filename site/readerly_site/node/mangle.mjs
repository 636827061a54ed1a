// node mangle.mjs TERSER FILE: shortens the names of local variables in the module FILE, in place, with Terser's one-file build.
// Nothing else is changed: what is exported, and what functions and classes are called, can be seen from outside.
import { readFileSync, writeFileSync } from "node:fs";
import { runInThisContext } from "node:vm";

const [terser, file] = process.argv.slice(2);
runInThisContext(readFileSync(terser, "utf8"), { filename: terser }); // without `exports` it defines a global
const names = { keep_classnames: true, keep_fnames: true };
const { code } = await globalThis.Terser.minify(readFileSync(file, "utf8"), { module: true, compress: false, mangle: true, ...names });
writeFileSync(file, code);
