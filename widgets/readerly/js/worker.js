// The sandbox's worker: boots Pyodide from the files it was given and runs samples. It has no network.
onmessage = async ({ data: files, ports: [port] }) => {
  onmessage = null;
  const load = async (name) => {
    try {
      return await import(URL.createObjectURL(new Blob([files[name]], { type: "text/javascript" })));
    } catch { // WebKit refuses blob: modules in an opaque origin, and takes data: ones
      const bytes = new Uint8Array(files[name]);
      let text = "";
      for (let i = 0; i < bytes.length; i += 32768) text += String.fromCharCode.apply(null, bytes.subarray(i, i + 32768));
      return import("data:text/javascript;base64," + btoa(text));
    }
  };
  try {
    const [{ loadPyodide }, { default: createPyodideModule }] = await Promise.all([load("pyodide.mjs"), load("pyodide.asm.mjs")]);
    self.fetch = async (asked) => {
      const name = String(asked.url ?? asked).split("/").pop();
      if (!files[name]) throw new TypeError("The sandbox has no network.");
      return new Response(files[name], { headers: { "content-type": name.endsWith(".wasm") ? "application/wasm" : "application/octet-stream" } });
    };
    const nowhere = "https://sandbox.invalid/";
    const python = await loadPyodide({
      indexURL: nowhere, packageBaseUrl: nowhere, createPyodideModule, lockFileContents: new TextDecoder().decode(files["pyodide-lock.json"]),
    });
    python.FS.mkdirTree("/lib/readerly/readerly_sandbox");
    for (const [name, source] of Object.entries(JSON.parse(new TextDecoder().decode(files["sandbox.json"]))))
      python.FS.writeFile("/lib/readerly/readerly_sandbox/" + name, source);
    python.runPython("import sys; sys.path.append('/lib/readerly')");
    const runner = python.pyimport("readerly_sandbox.runner");
    port.onmessage = async ({ data: { run, source, name, session } }) => {
      const say = (kind, text, line) => port.postMessage({ run, kind, text, line });
      try {
        await runner.run(source, name, session ?? null, say);
      } catch (error) { // the runner reports a sample's errors itself: this is the runtime giving way
        say("failed", String(error?.message ?? error));
      }
    };
    port.postMessage({ kind: "ready" });
  } catch (error) {
    port.postMessage({ kind: "failed", text: String(error?.message ?? error) });
  }
};
