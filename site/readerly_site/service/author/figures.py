"""What the author's page tells: counts of the days of a period, whole and by page."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from sqlalchemy import Connection, func, select

from ..own import iso
from ..schema import COUNTED, days, hearts, pages


@dataclass(frozen=True)
class Day:
    """One day in UTC."""

    date: str
    hearts: int = 0
    views: int = 0
    finished: int = 0


@dataclass(frozen=True)
class Article:
    """A page's counts: in the period, and since ever."""

    page: str
    title: str
    hearts: int
    views: int
    finished: int
    hearts_ever: int
    views_ever: int

    @property
    def share(self) -> str:
        """How many of a hundred views were read to the end."""
        return f"{100 * self.finished / self.views:.0f} %" if self.views else ""


@dataclass(frozen=True)
class Figures:
    """All that one page of the author's shows."""

    days: Sequence[Day]
    articles: Sequence[Article] = field(default_factory=tuple)
    held: int = 0
    """Hearts that wait for the operator."""


def figures(connection: Connection, titles: dict[str, str], today: int, period: int, page: str | None) -> Figures:
    """Return the figures of the last ``period`` days, of one ``page`` or of all; the most viewed article comes first.

    ``titles`` has those of the pages that the build lists: they are shown though nobody has come yet.
    """
    since = today - period + 1
    sums = [func.sum(days.c[name]).label(name) for name in COUNTED]
    of_days = select(days.c.day, *sums).where(days.c.day.between(since, today)).group_by(days.c.day)
    if page is not None:
        of_days = of_days.where(days.c.page == page)
    by_day = {row.day: row for row in connection.execute(of_days)}
    each = [
        Day(iso(day) or "", **({name: getattr(by_day[day], name) for name in COUNTED} if day in by_day else {}))
        for day in range(since, today + 1)
    ]
    of_pages = select(days.c.page, *sums).where(days.c.day.between(since, today)).group_by(days.c.page)
    by_page = {row.page: row for row in connection.execute(of_pages)}
    ever = {row.page: row for row in connection.execute(select(pages))}
    articles = [
        Article(
            key,
            titles.get(key, ""),
            **{name: getattr(by_page.get(key), name, 0) for name in COUNTED},
            hearts_ever=getattr(ever.get(key), "hearts", 0),
            views_ever=getattr(ever.get(key), "views", 0),
        )
        for key in sorted({*titles, *ever})
        if page in (None, key)
    ]
    articles.sort(key=lambda article: (-article.views, -article.views_ever, article.page))
    waiting = select(func.count()).where(hearts.c.held.is_not(None))
    return Figures(each, articles, connection.execute(waiting).scalar_one())
