"""An article: a Markdown file with front matter, read into what its page, the index and the feed need."""

import datetime
from collections.abc import Iterable
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote

from readerly.read_time.count import Count
from readerly_site import front_matter, recorded
from readerly_site.config import Site
from readerly_site.errors import ReaderlyError, read_text
from readerly_site.front_matter import FrontMatter
from readerly_site.links import Links
from readerly_site.markdown import Document, parser
from readerly_site.samples import Sample
from readerly_site.typography import printable, slugify


@dataclass(frozen=True)
class Article:
    """One article, ready to be put on a page."""

    file: Path
    """The Markdown file."""
    slug: str
    """The name of its folder in the site, from the file's name."""
    path: str
    """The path of its canonical URL, percent-encoded: the key by which the service knows the page."""
    category: str
    title: str
    description: str
    date: datetime.date
    """The first day the date can mean; the file's own date when the author gave none."""
    date_text: str
    """The date for people, as exact as it was given: "June 2026"; empty when the author gave none."""
    date_iso: str
    """The date for machines, as exact as it was given: "2026-06"; empty when the author gave none."""
    author: str
    tags: tuple[str, ...]
    draft: bool
    ads: bool
    """Whether the page shows the site's advertisements."""
    body: str
    """The text as HTML, without the title."""
    language: str
    """The language it is written in, a BCP 47 tag."""
    minutes: int
    """How long the median reader takes, in whole minutes: by `readerly.read_time.count`, or as the author says."""
    counted: bool
    """Whether the minutes were counted, not given by the author."""
    words: int
    has_samples: bool
    samples: tuple[Sample, ...]
    """Those that run, in the order they stand."""
    connect: tuple[str, ...]
    """The origins of the hosts that its samples may ask."""
    files: dict[str, Path]
    """What is copied beside the page: names in its folder, and where each comes from."""


def find(site: Site) -> dict[Path, str]:
    """Return the slug of each article's file in `site`; raise ReaderlyError where two would share an address.

    Articles are the Markdown files below articles/, but no README.md and nothing whose name, or whose folder's name,
    begins with "." or "_". A file named index.md takes its folder's name.
    """
    found: dict[str, Path] = {}
    for file in sorted(site.articles.rglob("*.md")):
        parts = file.relative_to(site.articles).parts
        if file.name.lower() == "readme.md" or any(part[0] in "._" for part in parts):
            continue
        slug = slugify(file.parent.name if file.stem == "index" and len(parts) > 1 else file.stem)
        if not slug:
            raise ReaderlyError("has no letter or digit in its name to make an address of; rename the file", file)
        if slug in found:
            other = found[slug].relative_to(site.source)
            raise ReaderlyError(f"has the same address, articles/{slug}/, as {other}; rename one of the files", file, 1)
        found[slug] = file
    return {file.resolve(): slug for slug, file in found.items()}


def read_all(site: Site, *, drafts: bool = False) -> list[Article]:
    """Return the articles of `site`, the newest first; drafts only when asked for."""
    if not site.articles.is_dir():
        raise ReaderlyError("has no folder articles/; make it and put Markdown files into it", site.source)
    slugs = find(site)
    articles = [read(file, site, slugs) for file in slugs]
    articles = [article for article in articles if drafts or not article.draft]
    return sorted(articles, key=lambda article: (article.date, article.slug), reverse=True)


def connected(articles: Iterable[Article]) -> list[str]:
    """Return the origins of all hosts that samples of `articles` may ask."""
    return sorted({origin for article in articles for origin in article.connect})


def read(file: Path, site: Site, slugs: dict[Path, str] | None = None) -> Article:
    """Read the article in `file`; `slugs` are those of `find`. Raises ReaderlyError with file and line."""
    slugs = find(site) if slugs is None else slugs
    markdown = parser(site.language)
    text = printable(read_text(file))
    tokens = markdown.parse(text)
    about = FrontMatter()
    if tokens and tokens[0].type == "front_matter":
        about = front_matter.parse(tokens.pop(0).content, file, 2)
    elif text.startswith("---"):
        raise ReaderlyError("the front matter has no end; close it with a line of three hyphens, ---", file, 1)
    if not about.title:
        raise ReaderlyError("has no title; begin the file with three lines: ---, title: …, ---", file, 1)
    slug = slugs.get(file.resolve()) or slugify(file.stem)
    links = Links(file, site.source, slugs)
    document = Document(file, about.title, links, records=recorded.load(file))
    body = document.render(markdown, tokens)
    language = about.language or site.language
    count = count_html(body, language)
    return Article(
        file=file,
        slug=slug,
        path=quote(f"{site.base_path}articles/{slug}/", safe="/%"),
        category=about.category,
        title=about.title,
        description=about.description,
        date=about.date.first_day if about.date else _file_date(file),
        date_text=about.date.text if about.date else "",
        date_iso=about.date.iso if about.date else "",
        author=about.author or site.author,
        tags=about.tags,
        draft=about.draft,
        ads=about.ads,
        body=body,
        language=language,
        minutes=about.minutes or count.minutes(),
        counted=about.minutes is None,
        words=count.words,
        has_samples="<code-sample" in body,
        samples=tuple(document.samples),
        connect=document.connect,
        files=links.files,
    )


def count_html(html: str, language: str) -> Count:
    """Return what `html` asks of its reader."""
    feeder = _Feeder(Count(language))
    feeder.feed(html)
    feeder.close()
    return feeder.count


class _Feeder(HTMLParser):
    """Feeds a Count from HTML."""

    def __init__(self, count: Count) -> None:
        super().__init__(convert_charrefs=True)
        self.count = count

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.count.start(tag, dict(attrs))

    def handle_data(self, data: str) -> None:
        self.count.text(data)

    def handle_endtag(self, tag: str) -> None:
        self.count.end(tag)


def _file_date(file: Path) -> datetime.date:
    return datetime.datetime.fromtimestamp(file.stat().st_mtime, datetime.UTC).date()
