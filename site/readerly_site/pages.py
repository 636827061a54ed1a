"""Puts articles on pages: HTML, the feed, the sitemap and the list that the service reads."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote, urljoin

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from readerly.hearts import view as hearts
from readerly.page.markup import to_html
from readerly.view_count import view as counts
from readerly_site.article import Article
from readerly_site.assets import Assets
from readerly_site.config import Site
from readerly_site.feed import feed_html, xml_text
from readerly_site.markdown import smarten
from readerly_site.policy import page_policy
from readerly_site.theme import TEMPLATES

UNKNOWN = "\u2013"
"""Stands for a count until the service answers, about as wide as the figure that follows."""


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
            "index.html": self.render("index.html", root="./", url=self.site.url),
            "404.html": self.render("404.html", root=self.site.base_path, url=None),
            "feed.xml": xml_text(self.render("feed.xml", updated=max((_stamp(a) for a in self.articles), default=EPOCH))),
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

    def article(self, article: Article, older: Article | None, newer: Article | None) -> str:
        """Return the page of `article`, with links to the one before and the one after it in time."""
        action = f"{self.site.service or ''}/api/heart?path={quote(article.path)}"
        return self.render(
            "article.html",
            root="../../",
            url=self.url(article),
            article=article,
            older=older,
            newer=newer,
            ads=self.site.ads if article.ads else {},
            view_count=_markup(counts.placeholder("view-count", "views")),
            hearts_count=_markup(counts.placeholder("hearts-count", "hearts")),
            hearts_button=_markup(hearts.button(action, f"{UNKNOWN} hearts")),
        )

    def listing(self) -> str:
        """Return pages.json, by which the service knows which pages there are."""
        pages = [{"path": a.path, "title": a.title, "minutes": a.minutes} for a in self.articles]
        return json.dumps({"pages": pages}, ensure_ascii=False, indent=1) + "\n"

    def url(self, article: Article) -> str:
        """Return the canonical URL of `article`."""
        return urljoin(self.site.url, article.path)

    def render(self, name: str, **values: Any) -> str:
        """Return the template `name` filled in."""
        environment = Environment(
            loader=FileSystemLoader(TEMPLATES), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
        )
        environment.filters["smart"] = lambda text: smarten(text, self.site.language)
        environment.filters["stamp"] = _stamp
        environment.filters["feed"] = lambda article: feed_html(article.body, self.url(article))
        environment.globals.update(
            site=self.site, articles=self.articles, assets=self.assets, style=self.style, url_of=self.url,
            address_of=lambda article: f"articles/{quote(article.slug)}/", policy=page_policy(self.site.service),
        )
        return environment.get_template(name).render(**values)


EPOCH = "1970-01-01T00:00:00Z"
"""When a feed without articles was last updated: a feed must say something (RFC 4287, 4.1.1)."""


def _stamp(article: Article) -> str:
    return f"{article.date.isoformat()}T00:00:00Z"


def _markup(node: Any) -> Markup:
    return Markup(to_html(node))
