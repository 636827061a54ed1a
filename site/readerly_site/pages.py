"""Puts articles on pages: HTML, the feed, the sitemap and the list that the service reads."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import quote, urljoin

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from readerly.hearts import view as hearts
from readerly.page import locale
from readerly.page.markup import to_html
from readerly.view_count import view as counts
from readerly_site.article import Article
from readerly_site.assets import Assets
from readerly_site.config import Site
from readerly_site.feed import feed_html
from readerly_site.languages import direction
from readerly_site.policy import page_policy
from readerly_site.theme import TEMPLATES
from readerly_site.typography import printable, smarten

EPOCH = "1970-01-01T00:00:00Z"
"""When a feed without articles was last updated: a feed must say something (RFC 4287, 4.1.1)."""


@dataclass(frozen=True)
class Pages:
    """Renders the pages of `site`; `articles` are the newest first, `style` is the path of the style sheet."""

    site: Site
    articles: Sequence[Article]
    assets: Assets
    style: str

    def all(self) -> dict[str, str]:
        """Return every text file of the site: its path relative to the site's root, and its content."""
        pages = {
            "index.html": self.index(),
            "404.html": self.render("404.html", root=self.site.base_path, url=None),
            "feed.xml": printable(self.render("feed.xml", updated=max(map(stamp, self.articles), default=EPOCH))),
            "sitemap.xml": self.render("sitemap.xml"),
            "robots.txt": self.render("robots.txt"),
            "pages.json": self.listing(),
        }
        for slot in self.site.ads:
            pages[f"ads/{slot}.html"] = self.render("ad.html", ad=self.site.ads[slot])
        for at, article in enumerate(self.articles):
            newer = self.articles[at - 1] if at else None
            older = self.articles[at + 1] if at + 1 < len(self.articles) else None
            pages[f"articles/{article.slug}/index.html"] = self.article(article, older, newer)
        return pages

    def index(self) -> str:
        """Return the page that lists all articles, with the views and hearts of each."""
        return self.render(
            "index.html", root="./", url=self.site.url, view_count=self.view_count, hearts_count=self.hearts_count
        )

    def view_count(self, article: Article) -> Markup:
        """Return the tag that shows how many have read `article`, for other pages than its own."""
        return _markup(counts.placeholder("view-count", locale.views(None, self.site.language), article.path))

    def hearts_count(self, article: Article) -> Markup:
        """Return the tag that shows the hearts of `article`, for other pages than its own."""
        return _markup(counts.placeholder("hearts-count", locale.hearts(None, self.site.language), article.path))

    def article(self, article: Article, older: Article | None, newer: Article | None) -> str:
        """Return the page of `article`, with links to the one before and the one after it in time."""
        action = f"{self.site.service or ''}/api/heart?path={quote(article.path)}"
        return self.render(
            "article.html",
            root="../../",
            url=self.url(article),
            article=article,
            policy=page_policy(self.site.service, article.connect),
            older=older,
            newer=newer,
            ads=self.site.ads if article.ads else {},
            view_count=_markup(counts.placeholder("view-count", locale.views(None, self.site.language))),
            hearts_count=_markup(counts.placeholder("hearts-count", locale.hearts(None, self.site.language))),
            hearts_button=_markup(hearts.button(action, locale.hearts(None, self.site.language))),
            pace=locale.text("pace-unknown", None, self.site.language),
        )

    def listing(self) -> str:
        """Return pages.json, by which the service knows which pages there are."""
        pages = [{"path": a.path, "title": a.title, "minutes": a.minutes} for a in self.articles]
        return json.dumps({"pages": pages}, ensure_ascii=False, indent=1) + "\n"

    def url(self, article: Article) -> str:
        """Return the canonical URL of `article`."""
        return urljoin(self.site.url, article.path)

    def feed(self, article: Article) -> str:
        """Return the text of `article` for feed readers."""
        return feed_html(article.body, self.url(article))

    def smart(self, text: str) -> str:
        """Return `text` with the quotation marks of the site's language."""
        return smarten(text, self.site.language)

    def minutes_read(self, article: Article) -> str:
        """Return how long `article` takes, in the site's language."""
        return locale.minutes_read(article.minutes, self.site.language)

    def render(self, name: str, **values: object) -> str:
        """Return the template `name` filled in with `values`, and with what every template may ask for."""
        values.setdefault("policy", page_policy(self.site.service))
        return self._templates.get_template(name).render(
            site=self.site,
            articles=self.articles,
            assets=self.assets,
            style=self.style,
            url_of=self.url,
            address=address,
            feed=self.feed,
            smart=self.smart,
            stamp=stamp,
            minutes_read=self.minutes_read,
            direction=direction,
            **values,
        )

    @cached_property
    def _templates(self) -> Environment:
        return Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
        )


def address(article: Article) -> str:
    """Return the address of `article` from the site's root."""
    return f"articles/{quote(article.slug)}/"


def stamp(article: Article) -> str:
    """Return when `article` appeared, as a feed writes it (RFC 3339)."""
    return f"{article.date.isoformat()}T00:00:00Z"


def _markup(node: Any) -> Markup:
    return Markup(to_html(node))
