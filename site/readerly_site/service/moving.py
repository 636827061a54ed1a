"""Pages that get another address, and take their hearts and views along."""

from sqlalchemy import Connection, delete, insert, or_, select, tuple_, update

from readerly_site.errors import ReaderlyError

from .retention import close
from .schema import aliases, days, hearts, pages, views
from .verify import verify
from .writes import hold_still, insert_missing


def move(connection: Connection, old: str, new: str) -> tuple[int, int]:
    """Make the hearts and views of ``old`` those of ``new``, and ``old`` an alias; return the hearts and views there.

    Who has given a heart to both has given one. Nobody writes meanwhile. A page that has moved there already stays as
    it is. Raises `ReaderlyError` when nothing is known of ``old``, which is then likely a slip of the pen.
    """
    hold_still(connection)
    if old == new:
        raise ReaderlyError("A page is moved to another address than its own.")
    if connection.execute(select(aliases).where(aliases.c.page == old, aliases.c.target == new)).first():
        return _counts(connection, new)
    if not connection.execute(select(pages).where(pages.c.page == old)).first():
        raise ReaderlyError(f"There are no hearts and views of {old}. Is this the path it had?")
    connection.execute(delete(aliases).where(aliases.c.page == new))  # it has come back
    connection.execute(insert_missing(connection, pages), [{"page": new}])
    _same_days_closed(connection, old, new)
    again = select(hearts.c.reader).where(hearts.c.page == new)
    connection.execute(delete(hearts).where(hearts.c.page == old, hearts.c.reader.in_(again)))
    connection.execute(update(hearts).where(hearts.c.page == old).values(page=new))
    key, whole = (views.c.reader, views.c.day), select(views.c.reader, views.c.day).where(views.c.page == old)
    connection.execute(
        update(views).where(views.c.page == new, tuple_(*key).in_(whole.where(views.c.finished))).values(finished=True)
    )
    there = select(views.c.reader, views.c.day).where(views.c.page == new)
    connection.execute(delete(views).where(views.c.page == old, tuple_(*key).in_(there)))
    connection.execute(update(views).where(views.c.page == old).values(page=new))
    for day in connection.execute(select(days).where(days.c.page == old)).all():
        same = (days.c.page == new, days.c.day == day.day)
        if connection.execute(select(days.c.day).where(*same)).first():
            added = {name: days.c[name] + getattr(day, name) for name in ("views", "finished")} if day.closed else {}
            if added:
                connection.execute(update(days).where(*same).values(added))
        else:
            counts = {name: getattr(day, name) for name in ("hearts", "views", "finished", "closed")}
            connection.execute(insert(days).values(page=new, day=day.day, **counts))
    connection.execute(delete(days).where(days.c.page == old))
    connection.execute(delete(pages).where(pages.c.page == old))
    connection.execute(update(aliases).where(aliases.c.target == old).values(target=new))
    connection.execute(insert(aliases).values(page=old, target=new))
    verify(connection, repair=True, page=new)
    return _counts(connection, new)


def _counts(connection: Connection, page: str) -> tuple[int, int]:
    row = connection.execute(select(pages).where(pages.c.page == page)).one()
    return row.hearts, row.views


def _same_days_closed(connection: Connection, old: str, new: str) -> None:
    closed = select(days.c.day).where(or_(days.c.page == old, days.c.page == new), days.c.closed)
    last = max((row.day for row in connection.execute(closed)), default=None)
    if last is not None:
        for page in (old, new):
            close(connection, page, last + 1)
