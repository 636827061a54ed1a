// The sandbox's worker for samples with engine="micropython": boots MicroPython from the files its frame hands over.
const runnerSource = "__RUNNER__";

const start = async (port) => {
  const { say, hear } = speaker(port);
  const fail = (error) => say("failed", String(error?.message ?? error));
  self.close = () => fail("The sample closed its own Python"); // which ends without a word
  let out = null;
  try {
    const [{ loadMicroPython }, wasm] = await Promise.all([file("micropython.mjs").then(script), file("micropython.wasm")]);
    self.fetch = async (asked) => {
      if (asked !== "micropython.wasm") throw new TypeError("The sandbox has no network.");
      return new Response(wasm, { headers: { "content-type": "application/wasm" } });
    };
    const python = await loadMicroPython({ url: "micropython.wasm", pystack: 32768, heapsize: 4 << 20 });
    for (const [fd, kind] of [[1, "stdout"], [2, "stderr"]]) { // whole writes; the build's own callback gets single bytes
      const stream = python.FS.streams[fd], decoder = new TextDecoder();
      stream.stream_ops = { ...stream.stream_ops, write: (_, buffer, offset, length) => {
        out?.write(kind, decoder.decode(new Uint8Array(buffer.buffer, buffer.byteOffset + offset, length), { stream: true }));
        return length;
      } };
    }
    python.FS.writeFile("readerly_runner.py", runnerSource);
    const runner = python.pyimport("readerly_runner"), names = python.globals.__dict__;
    // Runs a source and, where it is the sample's own, shows its value; returns null, or how it failed as [text, line].
    const execute = async (source, name, own) => {
      try {
        await python.runPythonAsync(runner.prepared(source));
        const value = own && runner.shown();
        out?.flush();
        if (value) say("result", value);
      } catch (error) {
        if (error?.type !== "SystemExit") return JSON.parse(runner.described(error?.type ? error.message : String(error), name, source));
        const status = error.message.trim().split("SystemExit").pop().replace(/^: /, "");
        if (!["", "0", "None"].includes(status)) out?.write("stderr", `The sample ended itself with exit status ${status}.\n`);
      }
      return null;
    };
    hear(async ({ source, name, session, ahead = [], fresh, timeout }) => {
      try {
        runner.begin(names, !session || Boolean(fresh));
        let failed = null, began = performance.now();
        const begun = () => timeout && say("begun", name);
        for (const [i, part] of ahead.entries()) {
          begun();
          failed = await execute(part.source, part.name);
          if (failed && !part.failed) {
            say("broken", part.name, i + 1);
            failed[1] = 0;
            break;
          }
          failed = null;
          say("ran", part.name, i + 1);
        }
        if (!failed) {
          runner.begin(names, false);
          begun();
          began = performance.now();
          out = outlet(say);
          failed = await execute(source, name, true);
          out.close();
          out = null;
        }
        if (failed) say("error", ...failed);
        say("done", ((performance.now() - began) / 1000).toFixed(3));
      } catch (error) {
        fail(error);
      }
    });
    say("ready");
  } catch (error) {
    fail(error);
  }
};
onmessage = ({ data, ports: [port] }) => {
  if (port) start(port);
  else if (data.error) slot(data.file).reject(new Error(data.error));
  else slot(data.file).resolve(data.value);
};
