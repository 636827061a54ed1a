"""The front matter of an article: the YAML between two lines of `---` at the top of its file.

    ---
    category: Opinion
    title: "Tabs, spaces and peace"
    description: "What an argument of forty years was about."
    date: 2026-06            # 2026, 2026-06 or 2026-06-15; the page shows as much as is known
    author: A. N. Author     # the site's author when absent
    tags: [style, editors]
    draft: true              # left out of the site unless asked for
    ads: false               # no advertisement on this page
    ---

A key that is none of these is left alone, for other tools that read the same file, unless it looks like a slip of the
pen for one of them.
"""

import datetime
import difflib
import re
from collections.abc import Callable
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

import yaml

from readerly_site.errors import ReaderlyError
from readerly_site.languages import is_tag

MONTHS = tuple("January February March April May June July August September October November December".split())


@dataclass(frozen=True)
class PartialDate:
    """A date as exactly as its author gave it: `month` and `day` are None where they are not known."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def first_day(self) -> datetime.date:
        """The first day the date can mean; articles are sorted by it."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def iso(self) -> str:
        """The date for machines: "2026", "2026-06" or "2026-06-15", all valid in `<time datetime>` and sitemaps."""
        parts = [f"{self.year:04}", *(f"{part:02}" for part in (self.month, self.day) if part)]
        return "-".join(parts)

    @property
    def text(self) -> str:
        """The date for people: "2026", "June 2026" or "15 June 2026"."""
        parts = [str(self.day) if self.day else "", MONTHS[self.month - 1] if self.month else "", str(self.year)]
        return " ".join(part for part in parts if part)


@dataclass(frozen=True)
class FrontMatter:
    """What an article says about itself; whatever it does not say has the value given here."""

    category: str = ""
    title: str = ""
    description: str = ""
    date: PartialDate | None = None
    author: str = ""
    tags: tuple[str, ...] = ()
    draft: bool = False
    ads: bool = True
    language: str = ""
    minutes: int | None = None


KEYS = tuple(field.name for field in fields(FrontMatter))
"""The keys that Readerly reads."""


def parse(text: str, file: Path, first_line: int) -> FrontMatter:
    """Read `text`, the YAML that begins at `first_line` of `file`.

    Raises ReaderlyError, with the line in the file, for YAML that cannot be read, a value of the wrong kind and a
    misspelt key.
    """
    try:
        root = _compose(text)
    except yaml.MarkedYAMLError as error:
        unclosed = "end of stream" in str(error.problem)  # then only where it was opened tells anything
        mark = error.context_mark if unclosed and error.context_mark else error.problem_mark
        line = first_line + (mark.line if mark else 0)
        hint = 'put values that hold ":" or "#", or begin with a sign, in quotes'
        raise ReaderlyError(f"the front matter is not valid YAML ({error.problem}); {hint}", file, line) from error
    except yaml.YAMLError as error:
        raise ReaderlyError(f"the front matter is not valid YAML ({error})", file, first_line) from error
    if root is None:
        return FrontMatter()
    if not isinstance(root, yaml.MappingNode):
        raise ReaderlyError("the front matter must be lines of `key: value`", file, first_line)
    values: dict[str, Any] = {}
    for key_node, node in root.value:
        line = first_line + key_node.start_mark.line
        key = str(key_node.value)
        if key not in KEYS:
            if near := difflib.get_close_matches(key.lower(), KEYS, 1, 0.8):
                raise ReaderlyError(f"unknown key {key!r}; is {near[0]!r} meant?", file, line)
            continue
        if key in values:
            raise ReaderlyError(f"{key!r} stands here a second time; keep one", file, line)
        try:
            values[key] = _KINDS.get(key, _text)(node)
        except ValueError as error:
            raise ReaderlyError(f"{key} {error}", file, line) from error
    return FrontMatter(**values)


def _compose(text: str) -> yaml.Node | None:
    return yaml.compose(text, Loader=yaml.SafeLoader)  # pyright: ignore[reportUnknownMemberType, reportUnknownVariableType]


def _text(node: yaml.Node) -> str:
    # The text as it was written: a title such as 2026 or Yes is a title, whatever YAML makes of it.
    if not isinstance(node, yaml.ScalarNode):
        raise ValueError("must be text; put it in quotes")
    return "" if node.tag.endswith(":null") else " ".join(node.value.split())


def _flag(node: yaml.Node) -> bool:
    if isinstance(node, yaml.ScalarNode) and node.tag.endswith(":bool"):
        return node.value.lower() in ("true", "yes", "on")
    raise ValueError("must be true or false")


def _language(node: yaml.Node) -> str:
    text = _text(node)
    if text and not is_tag(text):
        raise ValueError("must be a tag such as en, pt-BR or zh-Hans")
    return text


def _minutes(node: yaml.Node) -> int | None:
    text = _text(node)
    if not text:
        return None
    if not re.fullmatch(r"[1-9]\d{0,3}", text):
        raise ValueError("must be a whole number of minutes, 1 or more")
    return int(text)


def _tags(node: yaml.Node) -> tuple[str, ...]:
    if isinstance(node, yaml.SequenceNode):
        names = [_text(item) for item in node.value]
    else:
        names = [name.strip() for name in _text(node).split(",")]
    return tuple(dict.fromkeys(name for name in names if name))


def _date(node: yaml.Node) -> PartialDate:
    found = re.fullmatch(r"(\d{4})(?:-(\d{1,2})(?:-(\d{1,2})(?:[Tt\s].*)?)?)?", str(node.value).strip())
    if not found:
        raise ValueError("must be written 2026, 2026-06 or 2026-06-15")
    year, month, day = (int(part) if part else None for part in found.groups())
    date = PartialDate(year or 0, month, day)
    try:
        if 0 in (year, month, day):
            raise ValueError
        _ = date.first_day
    except ValueError:
        raise ValueError(f"{found[0]} is not in the calendar") from None
    return date


_KINDS: dict[str, Callable[[yaml.Node], Any]] = {
    "date": _date,
    "tags": _tags,
    "draft": _flag,
    "ads": _flag,
    "language": _language,
    "minutes": _minutes,
}
