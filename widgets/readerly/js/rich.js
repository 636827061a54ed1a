// Runs in the frame that shows one rich output. What comes is a sample's word: it is parsed without being run, what could
// act or load is taken out, and the rest is shown. The frame's policy and its opaque origin would hold without this.
const ELEMENTS = new Set(("html head body a abbr address article aside b bdi bdo blockquote br caption cite code col colgroup dd del details dfn div dl dt em " +
  "figcaption figure footer h1 h2 h3 h4 h5 h6 header hr i img ins kbd li main mark meter nav ol p pre progress q rp rt ruby s samp section " +
  "small span strong style sub summary sup table tbody td tfoot th thead time tr u ul var wbr " +
  "svg g path rect circle ellipse line polyline polygon text tspan textpath defs lineargradient radialgradient stop clippath mask pattern " +
  "marker symbol use title desc image " +
  "math mi mo mn ms mtext mspace mrow mfrac msqrt mroot msub msup msubsup munder mover munderover mtable mtr mtd semantics annotation mstyle mpadded menclose mphantom merror mmultiscripts mprescripts none").split(" "));
const REFUSED = /^(on|action$|formaction$|ping$|srcset$|background$|autofocus$|target$|srcdoc$|is$|popover|contenteditable$|accesskey$|tabindex$)/i;
const clean = (root) => {
  for (const element of [...root.querySelectorAll("*")]) {
    const name = element.localName.toLowerCase();
    if (!ELEMENTS.has(name)) { element.remove(); continue; }
    for (const { name: attribute, value } of [...element.attributes]) {
      const key = attribute.toLowerCase(), image = /^data:image\/(png|jpeg|gif|webp|svg\+xml)[;,]/i.test(value);
      const link = name === "a" && /^(https?|mailto):/i.test(value);
      if (REFUSED.test(key)) element.removeAttribute(attribute);
      else if (key === "src" && !image) element.removeAttribute(attribute);
      else if ((key === "href" || key.endsWith(":href")) && !link && !(name === "image" && image) && !(name !== "a" && value.startsWith("#"))) element.removeAttribute(attribute);
    }
    if (name === "a") {
      element.setAttribute("target", "_blank");
      element.setAttribute("rel", "noopener noreferrer");
    }
  }
};
addEventListener("message", ({ source, data, ports: [port] }) => {
  if (source !== parent) return;
  const parsed = new DOMParser().parseFromString(typeof render === "function" ? render(data) : String(data), "text/html");
  clean(parsed);
  document.body.replaceChildren(...parsed.head.querySelectorAll("style"), ...parsed.body.childNodes);
  const tell = () => {
    const { scrollWidth, clientWidth } = document.documentElement;
    port.postMessage(Math.ceil(document.body.getBoundingClientRect().height) + (scrollWidth > clientWidth ? 18 : 0));
  };
  new ResizeObserver(tell).observe(document.body);
}, { once: true });
