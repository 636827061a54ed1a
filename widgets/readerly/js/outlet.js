// Stands before micro.js. What a run prints in MicroPython, on its way out of the worker: at a bounded rate and up to a
// bounded length, as `Outlet` (code_sample/sandbox/output.py) does it, whose bounds the build writes here.
const { LINES, LINE, LIMIT, MESSAGE, BURST, PER_SECOND, TICK } = "__BOUNDS__";

// `text` without what is written over, after \r, within it.
const settled = (text) => text.split("\r").length < 3 ? text : text.split("\n").map((line) => {
  const [first, ...parts] = line.split("\r"), kept = parts.slice(-1);
  for (const part of parts.slice(0, -1).reverse()) {
    const next = kept.at(-1), styled = (part + next).includes("\x1b");
    if (part.length > next.length || (styled && !/\x1b\[0?m$/.test(part))) kept.push(part);
  }
  return [first, ...kept.reverse()].join("\r");
}).join("\n");

const outlet = (say, clock = () => performance.now() / 1000) => {
  let room = LIMIT, lines = LINES, column = 0, line = 0, linesLeft = 0, charactersLeft = 0;
  let tokens = BURST, at = clock(), told = -TICK, waiting = [];
  const full = () => !room || !lines;
  const count = (text, from) => {
    for (let i = text.indexOf("\n", from); i >= 0; i = text.indexOf("\n", i + 1)) linesLeft++;
  };
  const bounded = (text) => {
    let shown = "", from = 0;
    if (!full()) text = text.replaceAll("\r\n", "\n");
    const ends = /[\r\n]/g;
    while (from < text.length && !full()) {
      ends.lastIndex = from;
      const end = ends.exec(text)?.[0], stop = end ? ends.lastIndex - 1 : text.length;
      const part = text.slice(from, Math.min(stop, from + Math.max(0, LINE - column), from + room)), more = stop - from - part.length;
      column += part.length, room -= part.length, line += part.length;
      shown += part;
      if (more) {
        charactersLeft += more;
        if (column <= LINE) shown += "…", column = LINE + 1;
      }
      from = stop;
      if (!end) break;
      shown += end;
      if (end === "\n") lines--;
      else room += line; // what is written over takes no room in the page
      column = line = 0;
      from++;
    }
    if (full()) count(text, from);
    return shown;
  };
  const flush = () => {
    for (const [kind, text] of waiting) {
      const whole = settled(text);
      for (let i = 0; i < whole.length; i += MESSAGE, tokens--) say(kind, whole.slice(i, i + MESSAGE));
    }
    waiting = [];
  };
  const tell = () => {
    const more = [[linesLeft, "lines"], [charactersLeft, "characters"]].filter(([left]) => left);
    if (more.length) say("capped", `… ${more.map(([left, what]) => `${left.toLocaleString("en")} ${what}`).join(" and ")} more`);
  };
  return {
    write(kind, text) {
      const shown = bounded(text), now = clock();
      if (shown && waiting.at(-1)?.[0] === kind) waiting.at(-1)[1] += shown;
      else if (shown) waiting.push([kind, shown]);
      tokens = Math.min(BURST, tokens + (now - at) * PER_SECOND);
      at = now;
      if (tokens >= 1 || full()) flush();
      if (full() && now - told >= TICK) {
        told = now;
        tell();
      }
    },
    flush,
    close() { flush(), tell(); },
  };
};
