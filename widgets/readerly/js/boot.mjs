// The author's only tag: starts PyScript's core with MicroPython, under a CSP without 'unsafe-eval' and with Trusted Types.
// The build puts the deployed configuration here; its addresses are relative to this file.
const config = "__CONFIG__";
const at = (path) => new URL(path, import.meta.url).href;
const keysAt = (table) => Object.fromEntries(Object.entries(table).map(([path, name]) => [at(path), name]));

const link = (rel, path, attributes) => {
  const href = at(path);
  if (document.querySelector(`link[href="${href}"]`)) return;
  document.head.append(Object.assign(document.createElement("link"), { rel, href }, attributes));
};

// Lets the browser work; where it knows an order of tasks, it then comes back here before it does what nobody waits for.
const turn = () => globalThis.scheduler?.yield?.() ?? new Promise((done) => setTimeout(done));

// main.py is a program and then, each under a line "#: path", the modules that it imports: files in MicroPython's memory.
// Laying them and each line of the program is a task of its own, so that no one task is long.
const run = async ({ interpreter: { FS, runPython }, io }, source) => {
  const [program, ...modules] = source.split(/^#: (.+)\n/m);
  const encoder = new TextEncoder(); // FS would do it character by character
  for (let i = 0; i < modules.length; i += 2) {
    const [path, text] = modules.slice(i, i + 2);
    if (path.endsWith("/__init__.py")) FS.mkdir(path.slice(0, path.lastIndexOf("/")));
    FS.writeFile(path, encoder.encode(text), { canOwn: true });
  }
  try {
    for (const line of program.trim().split("\n")) {
      await turn();
      runPython(line);
    }
  } catch (error) { io.stderr(error); }
};

// What Python needs is asked for once the text is painted: on a slow network it would come between. A hidden page is not painted.
const painted = () => new Promise((done) => {
  setTimeout(done, document.hidden ? 0 : 1000);
  requestAnimationFrame(() => setTimeout(done));
});

const start = async () => {
  if (!document.querySelector("link[data-readerly]")) link("stylesheet", config.css);
  await painted();
  // Asking for everything at once halves the time to live: core would discover these one after another. To ask takes the
  // browser up to 20 ms where the processor is slow, so each has a task of its own.
  for (const path of config.preload.modules) {
    link("modulepreload", path);
    await turn();
  }
  for (const path of config.preload.fetch) {
    link("preload", path, { as: "fetch", crossOrigin: "anonymous" });
    await turn();
  }

  // Custom elements, not <script>: setting a script's src is a Trusted Types sink. They must stand in the page, with the
  // plugins excluded, before core is imported; the unused "py" type needs the same list or core loads plugins for it.
  // In <head> they take no room, whatever the page's layout is.
  const { plugins } = config.pyscript;
  const unused = document.createElement("py-config");
  unused.setAttribute("type", "json");
  unused.textContent = JSON.stringify({ plugins });
  const main = document.createElement("mpy-script");
  main.setAttribute("src", at(config.main));
  main.setAttribute("config", JSON.stringify({
    ...config.pyscript,
    interpreter: at(config.pyscript.interpreter),
    files: keysAt(config.pyscript.files ?? {}),
    js_modules: { main: keysAt(config.pyscript.js_modules.main) },
    readerly: { sandbox: config.sandbox, micropython: config.micropython, core: config.core, later: config.later, languages: config.languages, base: at("./") },
  }));
  document.head.append(unused, main);

  // Core tries whether memory may be shared, with `new undefined` where it may not: to word that error V8 reads the whole of
  // core again, a quarter of its evaluation's time. This throws at once and is gone before anybody looks for it.
  const unshared = !("SharedArrayBuffer" in globalThis);
  if (unshared) globalThis.SharedArrayBuffer = class { constructor() { throw undefined; } };
  const { hooks } = await import(at(config.core)).finally(() => { if (unshared) delete globalThis.SharedArrayBuffer; });
  hooks.worker.onBeforeRunAsync.clear(); // the one default hook that core revives through Function()
  // Core puts PyScript's Python library in front of each program, a long task by itself. Ours uses nothing of it.
  hooks.main.onReady.add((python, element) => {
    if (element === main) python.runAsync = (source) => run(python, source);
  });
};

// One page may name this file twice (a theme and an author); Python must start once.
if (!document.querySelector("mpy-script[src$='/main.py']")) await start();
