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

const start = async () => {
  if (!document.querySelector("link[data-readerly]")) link("stylesheet", config.css);
  // Asking for everything at once halves the time to live: core would discover these one after another.
  for (const path of config.preload.modules) link("modulepreload", path);
  for (const path of config.preload.fetch) link("preload", path, { as: "fetch", crossOrigin: "anonymous" });

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
    readerly: { sandbox: config.sandbox, core: config.core, later: config.later, languages: config.languages, base: at("./") },
  }));
  document.head.append(unused, main);

  const { hooks } = await import(at(config.core));
  hooks.worker.onBeforeRunAsync.clear(); // the one default hook that core revives through Function()
};

// One page may name this file twice (a theme and an author); Python must start once.
if (!document.querySelector("mpy-script[src$='/main.py']")) await start();
