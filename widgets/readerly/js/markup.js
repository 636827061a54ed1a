// Runs before rich.js in the frame that shows Markdown and LaTeX: makes HTML of them, with `marked` and `temml` above it.
// Mathematics stands between $ and $, or $$ and $$, as in notebooks; LaTeX may begin an environment at once.
const errorColor = "light-dark(#a11, #f99)";
const maths = (source, displayMode) => temml.renderToString(source, { displayMode, errorColor, throwOnError: false });
const written = (text) => text.replace(/[&<>]/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;" })[sign]);
const block = /^(?:\$\$([^]+?)\$\$|\\\[([^]+?)\\\]|(\\begin\{([a-z]+\*?)\}[^]+?\\end\{\4\}))/;
const inline = /^(?:\$(?![\s$])((?:\\.|[^\\$\n])*?(?:\\.|[^\s\\$]))\$(?!\d)|\\\(([^]+?)\\\))/;
const found = (text) => {
  const [wide, narrow] = [block.exec(text), inline.exec(text)];
  const [raw, ...parts] = wide ?? narrow ?? [];
  return raw && { type: "maths", raw, html: maths(parts.find(Boolean), Boolean(wide)) };
};
const latex = (text) => {
  for (let at = 0, html = ""; ; ) {
    const next = text.slice(at).search(/\$|\\[[(]|\\begin\{/);
    if (next < 0) return html + written(text.slice(at));
    html += written(text.slice(at, at += next));
    const token = found(text.slice(at));
    html += token ? token.html : written(text[at]);
    at += token ? token.raw.length : 1;
  }
};
marked.use({ extensions: [{
  name: "maths", level: "inline", tokenizer: found, renderer: ({ html }) => html,
  start: (text) => text.search(/\$|\\[[(]|\\begin\{/),
}] });
const render = (said) => {
  const [kind, text] = JSON.parse(said);
  return kind === "text/latex" ? latex(text) : marked.parse(text, { async: false });
};
