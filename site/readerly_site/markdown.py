"""Markdown to HTML, the way an article page needs it: CommonMark with tables, footnotes and typographic quotes.

Every block keeps its line in the file, so what is wrong is reported where it stands.
"""

import struct
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import imagesize  # pyright: ignore[reportMissingTypeStubs]
from markdown_it import MarkdownIt
from markdown_it.token import Token
from mdit_py_plugins.footnote import footnote_plugin
from mdit_py_plugins.front_matter import front_matter_plugin

from readerly.code_sample import regions
from readerly_site import data, doctests, exercises, include, recorded, samples
from readerly_site.doctests import Doctest
from readerly_site.errors import ReaderlyError
from readerly_site.links import Links
from readerly_site.policy import RawHtml, elsewhere
from readerly_site.recorded import Recorded
from readerly_site.samples import Fence, Sample
from readerly_site.typography import quotes_for, slugify

IDS = ("article", "comments", "content", "hearted", "hearts", "main", "unhearted")
"""Ids that the page around an article uses itself, so that no heading may."""

TABLE = '<div class="table" role="group" aria-label="Table" tabindex="0">'
"""Stands around each table: where it is too wide it scrolls, by keyboard too, and the page does not."""


def parser(language: str) -> MarkdownIt:
    """Return a Markdown parser for texts in `language`."""
    quotes = quotes_for(language)
    options = {"typographer": quotes is not None, "quotes": quotes or ""}
    markdown = MarkdownIt("commonmark", options).enable(["table", "strikethrough", "smartquotes"])
    markdown.add_render_rule("table_open", lambda *_: TABLE + "<table>\n")
    markdown.add_render_rule("table_close", lambda *_: "</table></div>\n")
    return markdown.use(front_matter_plugin).use(footnote_plugin)


@dataclass
class Document:
    """Turns one article's tokens into HTML; `links` knows what its addresses mean."""

    file: Path
    title: str
    links: Links
    ids: set[str] = field(default_factory=lambda: set(IDS))
    samples: list[Sample] = field(default_factory=list[Sample])
    """The samples that run, in the order they stand."""
    records: Mapping[str, Recorded] = field(default_factory=dict[str, Recorded])
    """Their outputs, as the author has recorded them, by id."""
    raw_connect: set[str] = field(default_factory=set[str])
    """The origins that samples written as HTML name."""

    def render(self, markdown: MarkdownIt, tokens: Sequence[Token]) -> str:
        """Return the HTML of `tokens`, the article's body."""
        tokens = exercises.folded(tokens, self.file)
        self.claim(tokens)
        body = self.headings(list(tokens))
        for token in body:
            if hint := token.meta.get("hint"):
                token.meta["shown"] = self.hint(markdown, hint)
        for token in body:
            self.block(token)
        html: str = markdown.renderer.render(body, markdown.options, {})
        RawHtml(self.file).feed(html)  # HTML that was written across several blocks
        return html

    def claim(self, tokens: Sequence[Token]) -> None:
        """Take the ids that authors gave to samples, before headings and labels take theirs."""
        for token in tokens:
            if token.type != "fence" or "id=" not in token.info:
                continue
            line = token.map[0] + 1 if token.map else None
            name = self.fence(token, line).attributes.get("id")
            if name and name in self.ids:
                raise ReaderlyError(f"the page has the id {name!r} already; choose another", self.file, line)
            if name:
                self.ids.add(name)

    def hint(self, markdown: MarkdownIt, fence: Token) -> str:
        """Return the HTML of the hint in `fence`, an article's text in small."""
        begins = fence.map[0] + 1 if fence.map else 0
        body = exercises.hint(markdown.parse(fence.content), begins, self.file)
        for token in body:
            self.block(token)
        html: str = markdown.renderer.render(body, markdown.options, {})
        return html

    def headings(self, tokens: list[Token]) -> list[Token]:
        """Give headings ids and links to themselves; the page has one `<h1>` already, its title.

        A first heading that repeats the title is left out; one that differs stands under the title as a subtitle.
        """
        if tokens and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
            if slugify(plain(tokens[1])) == slugify(self.title):
                tokens = tokens[3:]
            else:
                tokens[0].tag = tokens[2].tag = "p"
                tokens[0].attrSet("class", "subtitle")
        for at, token in enumerate(tokens):
            if token.type != "heading_open" or token.tag == "p":
                continue
            if token.tag == "h1":
                token.tag = tokens[at + 2].tag = "h2"
            name = self.unique(slugify(plain(tokens[at + 1])) or "section")
            token.attrSet("id", name)
            children = tokens[at + 1].children or []
            if not any(child.type == "link_open" for child in children):
                start = Token("link_open", "a", 1, {"class": "heading-link", "href": f"#{name}"})
                tokens[at + 1].children = [start, *children, Token("link_close", "a", -1)]
        return tokens

    def unique(self, name: str) -> str:
        """Return `name`, or `name-2`, … where it is taken."""
        number, free = 1, name
        while free in self.ids:
            number += 1
            free = f"{name}-{number}"
        self.ids.add(free)
        return free

    def block(self, token: Token) -> None:
        """Make one block ready to be rendered; raise ReaderlyError for what is wrong in it."""
        line = token.map[0] + 1 if token.map else None
        if token.type in ("fence", "code_block"):
            token.content = self.code(token, line)
            token.type = "html_block"
        elif token.type == "html_block":
            self.raw(token.content, line)
        elif token.type in ("th_open", "td_open") and (style := token.attrs.pop("style", None)):
            token.attrSet("class", "align-" + str(style).partition(":")[2])
        elif token.type == "inline":
            for child in token.children or []:
                self.inline(child, line)
                if line is not None and child.type in ("softbreak", "hardbreak"):
                    line += 1

    def code(self, token: Token, line: int | None) -> str:
        """Return the HTML of a fence, and note a sample that runs: its source is in the file it names, or here."""
        fence, source = self.fence(token, line), token.content
        if not fence.runs:
            return samples.render(fence, source)
        said = dict(fence.attributes)
        examples: Doctest | None = None
        if address := said.get("src"):
            if source.strip():
                raise ReaderlyError("has src and source too; leave the fence empty, or src out", self.file, line)
            try:
                if "doctest" in said:
                    examples = doctests.included(address, self.links)
                source = examples.source if examples else include.included(address, self.links)
            except ValueError as error:
                raise ReaderlyError(str(error), self.file, line) from error
        if examples:
            said["echo"] = ""
            if examples.loose:
                said["normalize-whitespace"] = ""
            if examples.raises:
                said["raises"] = examples.raises
        if "numbers" in said and any(kind for kind, _ in regions.parts(source)):
            message = "has numbers, which would count lines that are hidden or folded; leave out one of the two"
            raise ReaderlyError(message, self.file, line)
        exercise = exercises.of(token.meta, said, line or 1, self.file)
        if exercise and examples:
            raise ReaderlyError("a doctest is no exercise; leave out the check", self.file, exercise.check.line)
        if exercise:
            said["check"] = exercise.check.source
        number = len(self.samples) + 1
        if "id" not in said:
            said["id"] = self.unique(slugify(said.get("label", "")) or f"sample-{number}")
        files = self.files(said, line, examples.files if examples else ())
        sample = Sample(Fence(fence.language, True, said), source, number, line or 1, files, exercise, examples)
        output = recorded.output(sample, self.samples, self.records)
        self.samples.append(sample)
        shown = Fence(fence.language, True, {**said, "files": data.said(files)}) if files else sample.fence
        return samples.render(shown, sample.source, output, exercise)

    @property
    def connect(self) -> tuple[str, ...]:
        """The origins of the hosts that its samples may ask, in order."""
        named = [samples.read(each.fence.attributes, samples.WORDS).get("connect", ()) for each in self.samples]
        return tuple(sorted({*self.raw_connect, *(origin for origins in named for origin in origins)}))

    def files(
        self, said: dict[str, str], line: int | None, module: tuple[data.DataFile, ...]
    ) -> tuple[data.DataFile, ...]:
        """Return the data files that a fence with the attributes `said` names, and those of its `module`."""
        try:
            return data.together(data.found(samples.read(said, samples.WORDS).get("files", ()), self.links), module)
        except ValueError as error:
            raise ReaderlyError(f"files {error}", self.file, line) from error

    def fence(self, token: Token, line: int | None) -> Fence:
        """Read a fence's first line; raise ReaderlyError for what is wrong with it."""
        try:
            return samples.parse(token.info)
        except ValueError as error:
            raise ReaderlyError(str(error), self.file, line) from error

    def inline(self, token: Token, line: int | None) -> None:
        """Make one inline token ready: an image, a link or a raw tag."""
        if token.type == "html_inline":
            self.raw(token.content, line)
        elif token.type == "link_open":
            token.attrSet("href", self.links.page(str(token.attrGet("href") or ""), line))
        elif token.type == "image":
            source = str(token.attrGet("src") or "")
            if elsewhere(source):
                message = f"{source} is on another host, which pages never ask; save the image beside the article"
                raise ReaderlyError(message, self.file, line)
            address, copied = self.links.image(source, line)
            token.attrSet("src", address)
            token.attrSet("loading", "lazy")
            token.attrSet("decoding", "async")
            width, height = size_of(copied) if copied else (0, 0)
            if width > 0 and height > 0:  # so that the page does not shift when the image comes
                token.attrSet("width", str(width))
                token.attrSet("height", str(height))

    def raw(self, html: str, line: int | None) -> None:
        """Check HTML that the author wrote, and take along the local files it shows."""
        check = RawHtml(self.file, line)
        check.feed(html)
        self.raw_connect |= check.connect
        for source in check.files:
            self.links.image(source, line)


def plain(token: Token) -> str:
    """Return the text of an inline token without its markup."""
    return "".join(
        child.content for child in token.children or [] if child.type in ("text", "code_inline", "softbreak")
    )


def size_of(image: Path) -> tuple[int, int]:
    """Return the width and height of `image` in pixels, or two numbers below 1 when they cannot be told."""
    try:
        return imagesize.get(image)  # pyright: ignore[reportUnknownMemberType]
    except (ValueError, OSError, SyntaxError, struct.error):  # a damaged image; SyntaxError is what a broken SVG is
        return 0, 0
