"""What a host sends with a site's files: one table, for `readerly serve` and for the configurations of other hosts.

The patterns are regular expressions that Python, PCRE (nginx) and RE2 (Caddy) read alike. They match paths relative to
the site's root, from their beginning, whether these name a folder's `index.html` or leave it out.
"""

import re

EVERYWHERE = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "strict-origin-when-cross-origin"}
"""Sent with every file."""

FOLDERS = r"readerly/(?:runtime|widgets|packages|files)-[0-9a-f]{12}/."
"""Files in the fingerprinted folders of `readerly/`."""

FINGERPRINTED = rf"{FOLDERS}|theme-[0-9a-f]{{12}}\.css$"
"""Files that never change under their name."""

FOREVER = "public, max-age=31536000, immutable"
"""Cache-Control of what is fingerprinted: a browser may keep it for a year without asking."""

ASK = "no-cache"
"""Cache-Control of everything else: a browser may keep it, and asks whether it has changed."""

PAGES = r"(?:index\.html|404\.html|articles/(?:.*/)?(?:[^/]*\.html)?)?$"
"""The site's own pages, sent with the pages' policy; `sandbox.html` has a policy of its own, which it would break."""

ADS = r"ads/"
"""Advertisements, which stand in sandboxed frames."""

AD_POLICY = "sandbox allow-scripts allow-popups allow-popups-to-escape-sandbox"
"""What an advertisement's page is sent with: opened by itself it has no more rights than in its frame."""

TEXTS = {
    ".css": "text/css",
    ".csv": "text/csv",
    ".html": "text/html",
    ".js": "text/javascript",
    ".jsonl": "application/jsonl",
    ".mjs": "text/javascript",
    ".py": "text/x-python",
    ".tsv": "text/tab-separated-values",
    ".txt": "text/plain",
}
"""Media types of text, all of it UTF-8."""

KINDS = {
    ".bin": "application/octet-stream",
    ".br": "application/octet-stream",
    ".geojson": "application/geo+json",
    ".gz": "application/gzip",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".wasm": "application/wasm",
    ".whl": "application/octet-stream",
    ".xml": "application/xml",
    ".yaml": "application/yaml",
    ".zip": "application/zip",
    ".zst": "application/zstd",
    **{ending: f"{kind}; charset=utf-8" for ending, kind in TEXTS.items()},
}
"""Media types, by ending, of what builds write: a machine's own table may lack them or have them otherwise."""


def is_page(path: str) -> bool:
    """Tell whether the file at `path` is a page of the site."""
    return bool(re.match(PAGES, path))


def headers(path: str, policy: str) -> dict[str, str]:
    """Return what is sent with the file at `path` beside its media type; `policy` is that of pages."""
    sent = {**EVERYWHERE, "Cache-Control": FOREVER if re.match(FINGERPRINTED, path) else ASK}
    if is_page(path):
        sent["Content-Security-Policy"] = policy
    elif re.match(ADS, path):
        sent["Content-Security-Policy"] = AD_POLICY
    return sent
