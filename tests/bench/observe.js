// Runs in a page under measurement, before any script of its own where the browser's driver can. Times are milliseconds
// since navigation began. What happened is kept in bench.told and said to the console ("bench:…"), so that nothing has
// to poll while the page is busy.
if (window === top && !window.bench) {
  const bench = (window.bench = { live: null, lastTag: null, told: {}, said: "", output: null, sinceStop: null });
  const tell = (what) => {
    bench.told[what] = true;
    console.debug(`bench:${what}`);
  };

  new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries()) {
      if (name !== "readerly-live" || bench.live !== null) continue;
      bench.live = startTime;
      tell("live");
    }
  }).observe({ type: "mark", buffered: true });

  new MutationObserver(() => { bench.lastTag = performance.now(); })
    .observe(document, { subtree: true, attributes: true, attributeFilter: ["live"] });

  // Hands over the entries of one kind; the function returned asks for those that were not delivered yet.
  const gathered = (type, add) => {
    const observer = new PerformanceObserver((list) => list.getEntries().forEach(add));
    observer.observe({ type, buffered: true });
    return () => observer.takeRecords().forEach(add);
  };

  let shift = 0;
  const shifts = gathered("layout-shift", ({ value, hadRecentInput }) => { if (!hadRecentInput) shift += value; });
  bench.layoutShift = () => (shifts(), shift);

  // Long tasks since the last bench.forgetTasks(), the longest of them, and the time by which all are longer than 50 ms.
  let since = 0, tasks = [], frames = [];
  const newTasks = gathered("longtask", (task) => tasks.push(task));
  const newFrames = gathered("long-animation-frame", (frame) => frames.push(frame));
  const counted = () => (newTasks(), tasks.filter(({ startTime }) => startTime >= since));
  bench.forgetTasks = () => { since = performance.now(); };
  bench.blocking = () => counted().reduce((sum, { duration }) => sum + duration - 50, 0);
  bench.longestTask = () => Math.max(0, ...counted().map(({ duration }) => duration));

  // What took longest in the longest task, as far as the browser tells: a script, by its caller and file, or layout.
  const file = (url) => url.split("?")[0].split("/").pop();
  bench.longestTaskWas = () => {
    newFrames();
    const longest = counted().sort((a, b) => b.duration - a.duration)[0];
    if (!longest) return "";
    const parts = frames.flatMap(({ startTime, duration, styleAndLayoutStart, scripts }) => [
      ...scripts.map((script) => ({
        from: script.startTime, to: script.startTime + script.duration,
        what: `${file(script.invoker)} in ${file(script.sourceURL) || "no file"}`,
      })),
      ...(styleAndLayoutStart ? [{ from: styleAndLayoutStart, to: startTime + duration, what: "style and layout" }] : []),
    ]);
    return parts.filter(({ from, to }) => from < longest.startTime + longest.duration && to > longest.startTime)
      .sort((a, b) => b.to - b.from - (a.to - a.from))[0]?.what ?? "";
  };

  // What is named by a selector need not be there yet. The event comes here before the page hears of it.
  const find = (selector) => document.querySelector(selector);
  const clicked = (selector, then) => {
    const hear = ({ target, timeStamp }) => {
      if (!target.closest(selector)) return;
      document.removeEventListener("click", hear, true);
      then(timeStamp);
    };
    document.addEventListener("click", hear, true);
  };

  // The time from the next click on `run` to the first text that is added to `output`, and from one on `stop` before it,
  // after which `run` is clicked as soon as it is there.
  let stopped = null;
  bench.awaitStop = (stop, run) => clicked(stop, (time) => {
    stopped = time;
    const observer = new MutationObserver(() => {
      if (!find(run)) return;
      observer.disconnect();
      find(run).click();
    });
    observer.observe(document, { subtree: true, childList: true, attributes: true });
  });
  const adds = ({ type, target, addedNodes }) =>
    type === "characterData" ? target.data.trim() : [...addedNodes].some((node) => node.textContent.trim());
  bench.awaitOutput = (run, output) => {
    bench.forgetTasks();
    clicked(run, (started) => {
      const region = find(output);
      const observer = new MutationObserver((changes) => {
        if (!changes.some(adds)) return;
        observer.disconnect();
        const now = performance.now();
        Object.assign(bench, { output: now - started, sinceStop: now - stopped, said: region.textContent });
        tell("output");
      });
      observer.observe(region, { childList: true, subtree: true, characterData: true });
    });
  };

  // Tells when the text of the element begins with `text`.
  bench.awaitText = (selector, text) => {
    const observer = new MutationObserver(() => {
      if (!find(selector).textContent.startsWith(text)) return;
      observer.disconnect();
      tell("text");
    });
    observer.observe(find(selector), { childList: true, subtree: true, characterData: true });
  };

  // The longest time between two animation frames: what a reader who scrolls would feel.
  let longest = 0, last = 0, watching = false;
  const frame = () => {
    const now = performance.now();
    longest = Math.max(longest, now - last);
    last = now;
    if (watching) requestAnimationFrame(frame);
  };
  bench.watchFrames = () => {
    [longest, last, watching] = [0, performance.now(), true];
    requestAnimationFrame(frame);
    bench.forgetTasks();
  };
  bench.longestFrame = () => {
    watching = false;
    return Math.max(longest, performance.now() - last);
  };
}
