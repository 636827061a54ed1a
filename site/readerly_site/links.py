"""What the addresses in an article mean: other articles, and files that stand beside it."""

from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, unquote, urlsplit

from readerly_site.errors import ReaderlyError
from readerly_site.policy import elsewhere


@dataclass
class Links:
    """The addresses of the article in `file`; `slugs` gives the slug of every other article by its resolved file.

    `files` collects what the page needs beside it: names in its folder, and where each is copied from.
    """

    file: Path
    root: Path
    slugs: dict[Path, str]
    files: dict[str, Path] = field(default_factory=dict[str, Path])

    def page(self, address: str, line: int | None) -> str:
        """Return the address for a link: another article's Markdown file becomes its page, a local file comes along."""
        target = self.local(address)
        if target is None:
            return address
        fragment = urlsplit(address).fragment
        tail = f"#{fragment}" if fragment else ""
        if target in self.slugs:
            return f"../{quote(self.slugs[target])}/{tail}"
        if target.suffix == ".md":
            raise ReaderlyError(f"{address} leads to no article of this site; correct the link", self.file, line)
        return self.take(target, address, line) + tail if target.is_file() else address

    def image(self, address: str, line: int | None) -> tuple[str, Path | None]:
        """Return the address for an image or other medium, and the local file it comes from, when it is one."""
        target = self.local(address)
        if target is None:
            return address, None
        if not target.is_file():
            raise ReaderlyError(f"there is no file {address}; correct the name or add the file", self.file, line)
        return self.take(target, address, line), target

    def local(self, address: str) -> Path | None:
        """Return the file that a relative address names; None for any other kind of address."""
        parts = urlsplit(address)
        if parts.scheme or elsewhere(address) or not parts.path or parts.path.startswith("/"):
            return None
        return (self.file.parent / unquote(parts.path)).resolve()

    def take(self, target: Path, address: str, line: int | None) -> str:
        """Note that `target` is copied beside the page; return its address from there."""
        if not target.is_relative_to(self.root.resolve()):
            raise ReaderlyError(f"{address} is outside the site's folder; copy it beside the article", self.file, line)
        beside = self.file.parent.resolve()
        name = target.relative_to(beside).as_posix() if target.is_relative_to(beside) else target.name
        if name == "index.html" or self.files.setdefault(name, target) != target:
            raise ReaderlyError(f"{address}: another file of the page has the name {name}; rename one", self.file, line)
        return quote(name)
