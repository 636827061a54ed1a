"""What counters of read times say of the same texts: `make bench`, or `python -m tests.bench.read_times`.

Prints the table of docs/read-times.md; with `--write` it also puts it there. The counters that others made are fetched
once, in the versions that `counters` names, and kept in the user's cache. One that cannot be had leaves its column
empty, and the reason is printed after the table.
"""

import argparse
import sys
from collections.abc import Sequence

from readerly_site.errors import ReaderlyError

from .counters import COUNTERS, Counter
from .fragment import Fragment, fragments
from .machine import ROOT
from .table import markdown

PAGE = ROOT / "docs" / "read-times.md"
BEGIN, END = "<!-- table -->", "<!-- /table -->"


def main() -> int:
    """Print the table; return 1 when it should have been written and could not be."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.read_times", description="Compare read times.")
    parser.add_argument("--write", action="store_true", help=f"put the table into {PAGE.relative_to(ROOT)}")
    arguments = parser.parse_args()
    made, reasons = table(fragments())
    print(made)
    for reason in reasons:
        print(reason, file=sys.stderr)
    if not arguments.write:
        return 0
    if reasons:
        print(f"{PAGE.relative_to(ROOT)} stays as it is: columns are missing", file=sys.stderr)
        return 1
    PAGE.write_text(put(made, PAGE.read_text(encoding="utf-8")), encoding="utf-8")
    return 0


def table(texts: Sequence[Fragment]) -> tuple[str, list[str]]:
    """Return the table of all counters in Markdown, and why columns are missing."""
    columns = [["text", *(text.facts for text in texts)]]
    reasons: list[str] = []
    for counter in COUNTERS:
        try:
            columns.append(column(counter, texts))
        except ReaderlyError as error:
            columns.append([f"{counter.name}: not available here", *("–" for _ in texts)])
            reasons.append(f"{counter.name}: {error}")
    return markdown(list(zip(*columns, strict=True))), reasons


def column(counter: Counter, texts: Sequence[Fragment]) -> list[str]:
    """Return the cells of one counter, its name first."""
    return [counter.name, *map(str, counter.times(texts))]


def put(made: str, page: str) -> str:
    """Return `page` with the table `made` between its two comments."""
    before, _, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    assert end, f"{BEGIN} or {END} is missing"
    return f"{before}{BEGIN}\n\n{made}\n\n{END}{after}"


if __name__ == "__main__":
    sys.exit(main())
