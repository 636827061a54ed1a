"""Makes the documents in which rich output is shown: their own policy lets one script run and nothing be loaded."""

from readerly_site.sandbox_page import sealed

POLICY = (
    "default-src 'none'; script-src 'sha256-{digest}'; style-src 'unsafe-inline'; img-src data:; font-src data:; "
    "base-uri 'none'; form-action 'none'"
)

STYLE = (
    ":root{color-scheme:light dark;background:transparent}"
    "body{margin:0;display:flow-root;font:0.9rem/1.5 system-ui,sans-serif;overflow-wrap:break-word}"
    "table{border-collapse:collapse;font-variant-numeric:tabular-nums}"
    "th,td{padding:0.25em 0.7em;border-bottom:1px solid color-mix(in srgb,CanvasText 18%,Canvas);text-align:end}"
    "img,svg{max-width:100%;height:auto}"
    "pre,code{font-family:ui-monospace,monospace}pre{overflow-x:auto}math{overflow-x:auto}"
)


def rich_page(script: str) -> str:
    """Return the document that runs `script`."""
    return sealed(script, POLICY, f"<title>Output</title><style>{STYLE}</style>")
