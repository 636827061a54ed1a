"""Which samples of a page run before one of them: the hidden setups, and the earlier ones of its session. Pure."""

from typing import Any


class Placed:
    """One sample as it stands in the page, for those that come after it."""

    def __init__(
        self,
        source: str,
        session: str | None,
        setup: bool,
        label: str | None = None,
        tag: Any = None,
        engine: str | None = None,
        files: list[list[str]] | None = None,
        connect: list[str] | None = None,
        packages: list[str] | None = None,
    ) -> None:
        """Hold the `source` as it stands now; `tag` is whatever the caller wants to find again."""
        self.source = source
        self.session = session
        self.setup = setup
        self.label = label
        self.tag = tag
        self.engine = engine
        self.files = files
        self.connect = connect
        self.packages = packages
        self.name = ""

    @property
    def part(self) -> dict[str, Any]:
        """What the sandbox has to know to run it ahead of another."""
        part: dict[str, Any] = {"name": self.name, "source": self.source}
        if self.files:
            part["files"] = self.files
        return part

    @property
    def title(self) -> str:
        """What a sentence calls it."""
        if self.setup:
            return "the page's hidden setup" if self.session is None else "the hidden setup of this session"
        return "the earlier sample " + ("\u201c" + self.label + "\u201d" if self.label else self.name)


def connect(placed: Placed, before: list[Placed]) -> list[str]:
    """Return the origins that `placed` may ask: its own, and those of what has to have run `before` it."""
    found: list[str] = []
    for each in [placed] + before:
        found += [origin for origin in each.connect or [] if origin not in found]
    return found


def packages(page: list[Placed], at: int) -> list[str]:
    """Return the packages that have to be there as the sample at index `at` runs: its own, and those of what it shares
    a Python with, setups among it.
    """
    placed = page[at]
    found: list[str] = []
    for each in page:
        shares = each.session == placed.session and (each.setup or each.session is not None)
        if (each is placed or shares) and each.engine == placed.engine:
            found += [name for name in each.packages or [] if name not in found]
    return found


def named(page: list[Placed]) -> list[Placed]:
    """Give the samples of `page`, in the order they stand, the names that tracebacks show: sample-1.py, setup-2.py."""
    for number, each in enumerate(page, 1):
        each.name = ("setup-{}.py" if each.setup else "sample-{}.py").format(number)
    return page


def before(page: list[Placed], at: int) -> list[Placed]:
    """Return what runs before the sample at index `at` of `page`, unless it has run: setups first, wherever they stand.

    All of them have the sample's own engine.

    Without a session that is each setup without one; with a session its setups, and its samples that stand above.
    """
    engine = page[at].engine
    earlier = [each for each in page[:at] if each.engine == engine]
    page, at = [each for each in page if each.engine == engine], len(earlier)
    session = page[at].session
    setups = [each for each in page if each.setup and each.session == session]
    if session is None:
        return setups
    return setups + [each for each in page[:at] if not each.setup and each.session == session]
