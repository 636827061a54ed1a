"""Makes the sandbox's document: one file whose own policy lets one script run and nothing be reached.

The policy stands in a `<meta>`, so that no host needs to send any header; the page hands over every byte.
"""

import base64
import hashlib
import json

POLICY = (
    "default-src 'none'; script-src 'sha256-{digest}' 'wasm-unsafe-eval' blob: data:; "
    "worker-src data:; connect-src 'none'"
)
"""A hash, since 'self' matches nothing in WebKit's opaque origins; blob: and data: are how Pyodide's modules get in."""


def sandbox_page(script: str, worker: str) -> str:
    """Return the document that runs `script`, which starts workers from the source `worker`, its "__WORKER__"."""
    inside = json.dumps(worker).replace("<", "\\u003c")  # HTML would end the script at "</script"
    script = script.replace('"__WORKER__"', inside, 1)
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    policy = f'<meta http-equiv="Content-Security-Policy" content="{POLICY.format(digest=digest)}">'
    head = f'<meta charset="utf-8">{policy}<title>Readerly sandbox</title>'
    return f'<!doctype html><html lang="en"><head>{head}</head><body><script>{script}</script></body></html>\n'
