"""What is kept of one reader, for that reader."""

from datetime import date
from typing import Any

from sqlalchemy import Connection, select

from .schema import hearts, views

_EPOCH = date(1970, 1, 1).toordinal()


def iso(day: int) -> str | None:
    """Return the day, counted from 1970-01-01, as in ``2026-11-24``; None for day 0, when days were not kept yet."""
    return date.fromordinal(_EPOCH + day).isoformat() if day else None


def export(connection: Connection, reader: str) -> dict[str, list[dict[str, Any]]]:
    """Return every row of the reader: hearts that are on, and views. There is nothing else of them."""
    given = select(hearts).where(hearts.c.reader == reader).order_by(hearts.c.page)
    opened = select(views).where(views.c.reader == reader).order_by(views.c.day, views.c.page)
    return {
        "hearts": [{"page": row.page, "day": iso(row.day)} for row in connection.execute(given)],
        "views": [
            {"page": row.page, "day": iso(row.day), "finished": row.finished} for row in connection.execute(opened)
        ],
    }
