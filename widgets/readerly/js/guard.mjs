// MicroPython cannot catch a JavaScript exception that is thrown synchronously, so what may throw is called here and
// its error comes back as a value: {ok: true, value} or {ok: false, error}.
const good = (value) => ({ ok: true, value });
const bad = (error) => ({ ok: false, error: String(error?.message ?? error) });

export const call = (target, method, ...args) => {
  try { return good(target[method](...args)); } catch (error) { return bad(error); }
};
export const settled = async (promise) => {
  try { return good(await promise); } catch (error) { return bad(error); }
};

// CodeMirror's modules, as PyScript's core ships them.
export const editor = (core) => settled((async () => {
  const { codemirror } = await import(core);
  const names = ["core", "state", "python", "language", "view"];
  return Object.fromEntries(await Promise.all(names.map(async (name) => [name, await codemirror[name]])));
})());

// MicroPython 1.29 keeps one proxy per function and remembers in it whether it was last fetched as a method, so a function
// that is fetched in two ways (asyncio takes setTimeout from the global scope) is called with a wrong `this`. Those are here.
export const listen = (target, kind, handler, signal, passive) => target.addEventListener(kind, handler, { signal, passive });
export const later = (handler, milliseconds) => setTimeout(handler, milliseconds);
export const never = (timer) => clearTimeout(timer);

export const copy = (text) => settled((async () => navigator.clipboard.writeText(text))());

// localStorage itself may be refused (private modes, blocked site data).
export const recall = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
export const remember = (key, text) => {
  try { text === null ? localStorage.removeItem(key) : localStorage.setItem(key, text); return true; } catch { return false; }
};

// A JSON request that never rejects: {status, text}, with status 0 when no answer came.
export const request = async (method, url, headers, body, milliseconds) => {
  try {
    const signal = AbortSignal.timeout(milliseconds);
    const response = await fetch(url, { method, headers: JSON.parse(headers), body: body ?? undefined, signal, keepalive: method !== "GET", credentials: "omit" });
    return { status: response.status, text: await response.text() };
  } catch (error) { return { status: 0, text: String(error?.message ?? error) }; }
};

// Fetches files ([{name, url}] as JSON) side by side; progress(bytes so far) is called at most ten times a second.
export const fetchFiles = (files, progress, signal) => settled((async () => {
  let bytes = 0, told = 0;
  const one = async ({ name, url }) => {
    const response = await fetch(url, { signal });
    if (!response.ok) throw new Error(`${url} answered ${response.status}`);
    const chunks = [];
    for (const reader = response.body.getReader(); ;) {
      const { done, value } = await reader.read();
      if (done) break;
      chunks.push(value);
      bytes += value.length;
      if (performance.now() - told > 100) { told = performance.now(); progress(bytes); }
    }
    return [name, await new Blob(chunks).arrayBuffer()];
  };
  const all = Object.fromEntries(await Promise.all(JSON.parse(files).map(one)));
  progress(bytes);
  return all;
})());

// Opens the sandbox: an iframe of opaque origin that gets every byte it will ever have from here. The answer's value
// starts and stops workers in it; a worker speaks with the page over its own port. What it says is a sample's word:
// heard(kind, text, line) gets two strings and a whole number, whatever was sent.
export const openSandbox = (url, files) => settled(new Promise((resolve, reject) => {
  const frame = document.createElement("iframe");
  frame.setAttribute("sandbox", "allow-scripts");
  frame.setAttribute("aria-hidden", "true");
  frame.tabIndex = -1;
  frame.hidden = true;
  frame.title = "Readerly sandbox";
  frame.src = url;
  const late = setTimeout(() => {
    frame.remove();
    reject(new Error("its frame did not answer; the host may send it a policy that is stricter than its own"));
  }, 20000);
  const hear = {};
  const tell = (data, ...transfer) => frame.contentWindow.postMessage(data, "*", transfer);
  addEventListener("message", ({ source, data }) => {
    if (source !== frame.contentWindow) return;
    if (data?.died) hear[data.died]?.("failed", `Python stopped working: ${data.message}`, 0);
    if (data !== "ready") return;
    clearTimeout(late);
    tell({ files }, ...Object.values(files));
    resolve({
      start(worker, heard) {
        const { port1, port2 } = new MessageChannel();
        hear[worker] = heard;
        port1.onmessage = ({ data }) => heard(String(data?.kind), String(data?.text ?? ""), Number.isInteger(data?.line) ? data.line : 0);
        tell({ start: worker }, port2);
        return port1;
      },
      stop(worker) {
        delete hear[worker];
        tell({ stop: worker });
      },
      say: (port, text) => port.postMessage(JSON.parse(text)),
    });
  });
  document.body.append(frame);
}));
