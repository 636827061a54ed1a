"""What pages may load and run: their Content-Security-Policy, and raw HTML that it would silently switch off."""

from collections.abc import Iterable
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urlsplit

from readerly.code_sample import attributes
from readerly_site.errors import ReaderlyError

Attributes = list[tuple[str, str | None]]


def page_policy(service: str | None = None, connect: Iterable[str] = ()) -> str:
    """Return the policy of a page, for its `<meta>`.

    Python needs 'wasm-unsafe-eval'. Scripts cannot turn text into HTML or code (Trusted Types). Beside the page's own
    origin only `service`, when it has an address of its own, and those that samples `connect` to may be reached.
    """
    own = "'self'"
    if service:
        parts = urlsplit(service)
        own += f" {parts.scheme}://{parts.netloc}"
    return "; ".join(
        (
            "default-src 'self'",
            "script-src 'self' 'wasm-unsafe-eval'",
            "style-src 'self'",
            "img-src 'self' data:",
            f"connect-src {' '.join([own, *connect])}",
            "frame-src 'self'",
            "object-src 'none'",
            "base-uri 'none'",
            f"form-action {own}",
            "require-trusted-types-for 'script'",
            "trusted-types readerly",
        )
    )


def sent_policy(service: str | None = None, connect: Iterable[str] = ()) -> str:
    """Return the policy of a page for a host's header, which also says what a `<meta>` cannot: who may frame it.

    One header is sent with all pages, so it has the origins of them all; each page's `<meta>` has its own alone, and
    what both allow is allowed.
    """
    return f"{page_policy(service, connect)}; frame-ancestors 'self'"


def elsewhere(address: str) -> bool:
    """Tell whether `address` leads to another host."""
    parts = urlsplit(address.strip())
    return bool(parts.netloc) or parts.scheme in ("http", "https")


class RawHtml(HTMLParser):
    """Checks HTML that an author wrote; raises ReaderlyError for what the policy would block without a word.

    `files` collects the addresses of the images, media and data files it names, `connect` the origins its samples ask.
    """

    def __init__(self, file: Path, line: int | None = None) -> None:
        """Check HTML that begins at `line` of `file`; without a line the error names the file alone."""
        super().__init__()
        self.files: list[str] = []
        self.connect: set[str] = set()
        self._file = file
        self._line = line

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        """Check one start tag."""
        values = {name: value or "" for name, value in attrs}
        source = values.get("src", "") or values.get("poster", "")
        if tag == "script" and "src" not in values:
            self._refuse("a script inside the page never runs here; put it in a file of its own and name it with src")
        if tag in ("style", "base", "object", "embed", "applet", "h1"):
            remedy = {"style": "put rules in theme.css beside readerly.toml", "h1": "the title is the h1; use <h2>"}
            self._refuse(f"<{tag}> has no place in an article; {remedy.get(tag, 'leave it out')}")
        for name, value in values.items():
            if name == "style":
                self._refuse("style=… is ignored by the page's policy; use class=… and put rules in theme.css")
            if name.startswith("on") or value.strip().lower().startswith("javascript:"):
                self._refuse(f"{name}=… is blocked by the page's policy; leave it out")
        if elsewhere(source):
            self._refuse(f"{source} is on another host, which pages never ask; save it beside the article")
        if tag == "code-sample":
            self._sample(values)
        if source and tag in ("img", "video", "audio", "source", "track"):
            self.files.append(source)

    def _sample(self, values: dict[str, str]) -> None:
        """Check a sample that is written as HTML."""
        try:
            said = attributes.read(values)
        except ValueError as error:
            self._refuse(str(error))
        else:
            self.files += [said["src"]] if "src" in said else []
            self.files += [address for _, address in said.get("files", ())]
            self.connect.update(said.get("connect", ()))

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        """Check a tag written `<name/>`."""
        self.handle_starttag(tag, attrs)

    def _refuse(self, message: str) -> None:
        line = None if self._line is None else self._line + self.getpos()[0] - 1
        raise ReaderlyError(message, self._file, line)
