"""Hearts that came in a burst: kept, and counted when the operator says so."""

from collections import Counter
from dataclasses import dataclass

from sqlalchemy import Connection, delete, func, select, update

from .own import iso
from .schema import hearts
from .writes import Change, add, hold_still


@dataclass(frozen=True)
class Burst:
    """Many hearts for one page that came from one part of the network within minutes."""

    name: str
    page: str
    hearts: int
    since: str | None
    """The day of its first heart."""

    def __str__(self) -> str:
        return f"{self.name}  {self.page}: {self.hearts} hearts since {self.since}"


def bursts(connection: Connection) -> list[Burst]:
    """Return what is held."""
    held = select(hearts.c.held, hearts.c.page, func.count().label("rows"), func.min(hearts.c.day).label("since"))
    held = held.where(hearts.c.held.is_not(None)).group_by(hearts.c.held, hearts.c.page)
    found = connection.execute(held.order_by(hearts.c.held, hearts.c.page))
    return [Burst(row.held, row.page, row.rows, iso(row.since)) for row in found]


def count(connection: Connection, name: str) -> int:
    """Let the hearts of the burst count like all others; return how many they are."""
    hold_still(connection)
    changes: dict[tuple[str, int], Change] = {}
    let = update(hearts).where(hearts.c.held == name).values(held=None).returning(hearts.c.page, hearts.c.day)
    rows = connection.execute(let).all()
    for row in rows:
        changes.setdefault((row.page, row.day), Counter())["hearts"] += 1
    add(connection, changes)
    return len(rows)


def drop(connection: Connection, name: str) -> int:
    """Delete the hearts of the burst, which never counted; return how many they were."""
    return connection.execute(delete(hearts).where(hearts.c.held == name)).rowcount
