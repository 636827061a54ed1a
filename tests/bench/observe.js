// Runs in a page under measurement before any script of its own. Times are milliseconds since navigation began.
// What happened is also told to the console ("bench:…"), so that nothing has to poll while the page is busy.
if (window === top) {
  const bench = (window.bench = { live: null, lastTag: null, output: null, said: "" });

  new PerformanceObserver((list) => {
    for (const { name, startTime } of list.getEntries()) {
      if (name !== "readerly-live") continue;
      bench.live = startTime;
      console.debug("bench:live");
    }
  }).observe({ type: "mark", buffered: true });

  new MutationObserver(() => { bench.lastTag = performance.now(); })
    .observe(document, { subtree: true, attributes: true, attributeFilter: ["live"] });

  // Adds up the entries of one kind; the function returned asks for those that were not delivered yet.
  const gathered = (type, add) => {
    const observer = new PerformanceObserver((list) => list.getEntries().forEach(add));
    observer.observe({ type, buffered: true });
    return () => observer.takeRecords().forEach(add);
  };

  let shift = 0;
  const shifts = gathered("layout-shift", ({ value, hadRecentInput }) => { if (!hadRecentInput) shift += value; });
  bench.layoutShift = () => (shifts(), shift);

  let since = 0, task = 0;
  const tasks = gathered("longtask", ({ startTime, duration }) => { if (startTime >= since) task = Math.max(task, duration); });
  bench.longestTask = () => (tasks(), task);
  const forgetTasks = () => { [since, task] = [performance.now(), 0]; };

  // The time from the next click on `button` to the first text that is added to `output`.
  const adds = ({ type, target, addedNodes }) =>
    type === "characterData" ? target.data.trim() : [...addedNodes].some((node) => node.textContent.trim());
  bench.awaitOutput = ([button, output]) => {
    let clicked = null;
    button.addEventListener("click", ({ timeStamp }) => { clicked = timeStamp; }, { once: true, capture: true });
    const observer = new MutationObserver((changes) => {
      if (clicked === null || !changes.some(adds)) return;
      observer.disconnect();
      bench.output = performance.now() - clicked;
      bench.said = output.textContent;
      console.debug("bench:output");
    });
    observer.observe(output, { childList: true, subtree: true, characterData: true });
    forgetTasks();
  };

  // Tells when the text of `element` begins with `text`.
  bench.awaitText = ([element, text]) => {
    const observer = new MutationObserver(() => {
      if (!element.textContent.startsWith(text)) return;
      observer.disconnect();
      console.debug("bench:text");
    });
    observer.observe(element, { childList: true, subtree: true, characterData: true });
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
    forgetTasks();
  };
  bench.longestFrame = () => {
    watching = false;
    return Math.max(longest, performance.now() - last);
  };
}
