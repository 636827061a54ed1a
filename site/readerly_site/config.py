"""The site's configuration, `readerly.toml` beside the articles.

title = "Field Notes"                   # the only key that must be there
description = "Essays on software."
url = "https://example.org/notes/"      # where the site will stand; feed, sitemap and canonical links need it
language = "en"                         # BCP 47
author = "The editors"
service = "https://hearts.example.org"  # when the service is not on the pages' own origin

[ads.before]                            # and [ads.after]
html = "<p>Read more on paper.</p>"
height = 120                            # CSS pixels kept free, so that nothing shifts
title = "Advertisement: paper"          # what a screen reader calls the frame
"""

import re
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from readerly_site.errors import ReaderlyError, read_text
from readerly_site.languages import is_tag

NAME = "readerly.toml"
"""The file's name, in the folder given to `readerly build`."""

SLOTS = ("before", "after")
"""The advertisement slots of an article page: before and after its body."""

TEXT_KEYS = ("title", "description", "url", "language", "author", "service")


@dataclass(frozen=True)
class Ad:
    """What stands in an advertisement slot: trusted HTML, shown in a sandboxed frame `height` CSS pixels high."""

    html: str
    height: int
    title: str = "Advertisement"


@dataclass(frozen=True)
class Site:
    """A site as its `readerly.toml` describes it; `source` is the folder that holds it."""

    source: Path
    title: str
    description: str = ""
    url: str = "http://127.0.0.1:8000/"
    language: str = "en"
    author: str = ""
    ads: dict[str, Ad] = field(default_factory=dict[str, Ad])
    service: str | None = None

    @property
    def base_path(self) -> str:
        """The path of `url`, with a slash at both ends: "/" or "/blog/"."""
        return urlsplit(self.url).path

    @property
    def articles(self) -> Path:
        """The folder that holds the articles."""
        return self.source / "articles"


def load(source: Path) -> Site:
    """Read `source`/readerly.toml; raise ReaderlyError, with its line where that can be told, for what is wrong."""
    if not source.is_dir():
        raise ReaderlyError("there is no such folder; give the folder that holds readerly.toml and articles/", source)
    file = source / NAME
    if not file.is_file():
        raise ReaderlyError(f"has no {NAME}; make one with `readerly new`, or give the folder that holds it", source)
    text = read_text(file)
    try:
        return _Reader(file, text, tomllib.loads(text)).site()
    except tomllib.TOMLDecodeError as error:
        found = re.search(r"\(at line (\d+), column \d+\)", str(error))
        line = int(found[1]) if found else len(text.splitlines())
        raise ReaderlyError(f"is not valid TOML: {str(error).partition(' (at ')[0]}", file, line) from error


class _Reader:
    """Turns the parsed table into a Site and finds the line of whatever is wrong."""

    def __init__(self, file: Path, text: str, table: dict[str, Any]) -> None:
        self.file = file
        self.text = text
        self.table = table

    def site(self) -> Site:
        known = (*TEXT_KEYS, "ads")
        for key in self.table:
            if key not in known:
                raise self.error(f"unknown key {key!r}; the keys are {', '.join(known)}", "", key)
        values = {key: self.text_of("", self.table, key) for key in TEXT_KEYS if key in self.table}
        if not values.get("title", "").strip():
            raise ReaderlyError('the site has no title; add a line such as title = "Field Notes"', self.file, 1)
        if "url" in values:
            values["url"] = self.address("url", values["url"]) + "/"
        if "service" in values:
            values["service"] = self.address("service", values["service"])
        if not is_tag(values.get("language", "en")):
            raise self.error("language must be a tag such as en, pt-BR or zh-Hans", "", "language")
        return Site(source=self.file.parent, ads=self.ads(), **values)

    def address(self, key: str, value: str) -> str:
        """Return an http(s) address without its final slash."""
        try:
            parts = urlsplit(value)
            whole = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
        except ValueError:  # urlsplit's word for a broken port or IPv6 address
            whole = False
        if not whole or re.search(r"[\s;,'\"<>?#]", value):  # these would break out of the policy's list of hosts
            raise self.error(f"{key} must be a full address such as https://example.org/", "", key)
        return value.rstrip("/")

    def ads(self) -> dict[str, Ad]:
        table = self.table.get("ads", {})
        ads: dict[str, Ad] = {}
        for slot, entry in self.items("ads", table):
            name = f"ads.{slot}"
            if slot not in SLOTS:
                raise self.error(f"unknown slot {slot!r}; the slots are [ads.before] and [ads.after]", name, None)
            values = dict(self.items(name, entry))
            for key in values:
                if key not in ("html", "height", "title"):
                    raise self.error(f"unknown key {key!r} in [{name}]; the keys are html, height, title", name, key)
            height = values.get("height")
            if not isinstance(height, int) or isinstance(height, bool) or not 1 <= height <= 2000:
                raise self.error(f"[{name}] needs a height in CSS pixels, such as height = 120", name, "height")
            if "html" not in values:
                raise self.error(f'[{name}] needs its content, such as html = "<p>…</p>"', name, None)
            texts = {key: self.text_of(name, values, key) for key in ("html", "title") if key in values}
            ads[slot] = Ad(height=height, **texts)
        return ads

    def items(self, name: str, value: Any) -> list[tuple[str, Any]]:
        if not isinstance(value, dict):
            raise self.error(f"{name} must be a table, written [{name}]", "", name.partition(".")[0])
        return list(value.items())  # pyright: ignore[reportUnknownArgumentType, reportUnknownVariableType]

    def text_of(self, table: str, values: dict[str, Any], key: str) -> str:
        if not isinstance(values[key], str):
            raise self.error(f'{key} must be text in quotes, such as {key} = "…"', table, key)
        return values[key]

    def error(self, message: str, table: str, key: str | None) -> ReaderlyError:
        """Return the error for `key` of [table] (for the table itself when None), with its line where it is found."""
        inside, header = "", None
        for number, line in enumerate(self.text.splitlines(), 1):
            if found := re.match(r"\s*\[\s*([\w.-]+)\s*\]", line):
                inside = found[1]
                header = number if inside == table else header
            elif key and inside == table and re.match(rf"\s*[\"']?{re.escape(key)}[\"']?\s*[.=]", line):
                return ReaderlyError(message, self.file, number)
        if key and header is None and (found := re.search(rf"^\s*\[\s*{re.escape(key)}\b", self.text, re.M)):
            header = self.text.count("\n", 0, found.end()) + 1
        return ReaderlyError(message, self.file, header)
