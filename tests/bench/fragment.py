"""The texts that read times are compared on: fragments of HTML in texts/, and what stands in them."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

FOLDER = Path(__file__).parent / "texts"

NAMES = {
    "english": "English prose",
    "german": "German",
    "french": "French",
    "spanish": "Spanish",
    "japanese": "Japanese",
    "chinese": "Chinese",
    "korean": "Korean",
    "thai": "Thai",
    "code": "English with code",
    "images": "English with images",
    "chart": "English with a chart",
    "mixed": "English, Japanese and German",
}
"""The files of the folder, in the order of the table, and how it calls them."""

UNSPACED = "\u0e01-\u0e5b\u3005\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
"""Thai, kana and Chinese characters: no spaces stand between their words."""

VOID = set("area base br col embed hr img input link meta source track wbr".split())
UNSEEN = {"script", "style"}


@dataclass(frozen=True)
class Fragment:
    """One text, with what a person would count in it: the facts of the table's first column.

    These counts are made for this comparison alone and share no code with any counter in it.
    """

    name: str
    """What the table calls it."""
    language: str
    """The `lang` of its root, a BCP 47 tag."""
    html: str
    """The fragment as all counters that read HTML get it, without the comment that says what it is for."""
    text: str
    """Its text without markup, scripts and styles: for counters that read text."""
    words: int
    """Words that spaces part, in prose that is shown."""
    characters: int
    """Characters of scripts without spaces, in prose that is shown."""
    lines: int
    """Lines of code with something on them."""
    images: int
    """Images and charts that have a description."""

    @property
    def facts(self) -> str:
        """Its name and what is in it: "German: 375 words"."""
        counted = (
            (self.words, "words"),
            (self.characters, "characters"),
            (self.lines, "lines of code"),
            (self.images, "images" if self.images > 1 else "image"),
        )
        return f"{self.name}: " + ", ".join(f"{number:,} {what}" for number, what in counted if number)


def fragments() -> list[Fragment]:
    """Return all texts, in the order of the table."""
    return [read(name, (FOLDER / f"{file}.html").read_text(encoding="utf-8")) for file, name in NAMES.items()]


def read(name: str, source: str) -> Fragment:
    """Return the fragment in `source`, called `name`."""
    html = re.sub(r"\A<!--.*?-->\s*", "", source, flags=re.S)
    reader = _Reader()
    reader.feed(html)
    reader.close()
    prose = "".join(reader.prose)
    return Fragment(
        name=name,
        language=reader.language,
        html=html,
        text="".join(reader.text).strip(),
        words=sum(any(map(str.isalnum, word)) for word in re.sub(f"[{UNSPACED}]", " ", prose).split()),
        characters=len(re.findall(f"[{UNSPACED}]", prose)),
        lines=sum(bool(line.strip()) for line in "".join(reader.code).splitlines()),
        images=reader.images,
    )


@dataclass
class _Open:
    """An element that is open, and where its text goes."""

    tag: str
    unseen: bool
    drawn: bool
    coded: bool


@dataclass
class _Reader(HTMLParser):
    """Takes a fragment apart. The fragments are well formed: every element that is not void is closed."""

    language: str = ""
    text: list[str] = field(default_factory=list[str])
    prose: list[str] = field(default_factory=list[str])
    code: list[str] = field(default_factory=list[str])
    images: int = 0
    _open: list[_Open] = field(default_factory=list[_Open])

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        self.language = self.language or told.get("lang") or ""
        if tag == "img":
            self.images += bool(told.get("alt"))
        if tag == "svg" and told.get("role") == "img":
            self.images += 1
        if tag not in VOID:
            last = self._open[-1] if self._open else _Open("", False, False, False)
            drawn = last.drawn or tag == "svg" or told.get("aria-hidden") == "true"
            self._open.append(_Open(tag, last.unseen or tag in UNSEEN, drawn, last.coded or tag == "pre"))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Take `<rect …/>`, which is complete as it stands."""

    def handle_endtag(self, tag: str) -> None:
        assert self._open
        assert self._open[-1].tag == tag, f"</{tag}> closes nothing"
        self._open.pop()

    def handle_data(self, data: str) -> None:
        place = self._open[-1] if self._open else None
        if place and place.unseen:
            return
        self.text.append(data)
        if place and place.coded:
            self.code.append(data)
        elif not (place and place.drawn):
            self.prose.append(data)
