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
    return sealed(script, POLICY, "<title>Readerly sandbox</title>")


def sealed(script: str, policy: str, head: str) -> str:
    """Return a document with `head`, whose `policy` lets this `script` run, by the hash that is its "{digest}"."""
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy.format(digest=digest)}">'
    head = f'<meta charset="utf-8">{meta}{head}'
    return f'<!doctype html><html lang="en"><head>{head}</head><body><script>{script}</script></body></html>\n'
