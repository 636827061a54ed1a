"""Makes the document in which one rich output is shown: its own policy lets one script run and nothing be loaded."""

import base64
import hashlib

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
)


def rich_page(script: str) -> str:
    """Return the document that runs `script`."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY.format(digest=digest)}">'
    head = f'<meta charset="utf-8">{policy}<title>Output</title><style>{STYLE}</style>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body><script>{script}</script></body></html>\n'
