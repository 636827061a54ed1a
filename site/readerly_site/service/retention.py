"""How long it is known who read what: after that, only how many."""

from sqlalchemy import Connection, delete, select, update

from .schema import days, views


def pages_to_close(connection: Connection, before: int) -> list[str]:
    """Return the pages that have open days before the day ``before``."""
    open_days = select(days.c.page).where(days.c.day < before, days.c.closed.is_(False))
    return sorted(row.page for row in connection.execute(open_days.distinct()))


def close(connection: Connection, page: str, before: int) -> int:
    """Forget who read the page before the day ``before``, and keep how many did; return how many rows went."""
    connection.execute(
        update(days).where(days.c.page == page, days.c.day < before, days.c.closed.is_(False)).values(closed=True)
    )
    return connection.execute(delete(views).where(views.c.page == page, views.c.day < before)).rowcount
