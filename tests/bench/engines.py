"""How soon a sample says something, in each engine: `python -m tests.bench.engines`.

Prints a table: the medians of click to first output, in milliseconds, of a first visit, of a run that the reader's
mouse has announced, of a return visit and of a second run.
"""

import argparse
import statistics
import sys
import tempfile
from pathlib import Path

from readerly_site.errors import ReaderlyError

from ..browser.servers import Readerly
from .browsers import NAMES, engine
from .conditions import FREE
from .machine import ROOT
from .runs import INTENT
from .subjects import code_sample
from .table import markdown
from .visit import Visits

PAGE = "/articles/code-samples/"
SAMPLES = {"micropython": "At once", "pyodide": "The first ten squares"}
"""One sample of the page for each engine, by its label."""

COLUMNS = ("first visit", "with the mouse over it before", "return visit", "second run")


def main() -> int:
    """Measure and print; return 1 when something could not be measured."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.engines", description="Measure samples' engines.")
    parser.add_argument("--runs", type=int, default=7, help="visits of each kind (default: %(default)s)")
    parser.add_argument("--browser", choices=NAMES, default=NAMES[0], help="(default: %(default)s)")
    arguments = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory(prefix="readerly-bench-") as folder, engine(arguments.browser) as found:
            server = Readerly(ROOT / "site", Path(folder) / "bench.sqlite3")
            server.start()
            try:
                rows = [row(found.visit, server.url, name, arguments.runs) for name in SAMPLES]
            finally:
                server.stop()
    except (AssertionError, ReaderlyError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{found}, medians of {arguments.runs}, milliseconds from click to first output:\n")
    print(markdown([("engine", *COLUMNS), *rows]))
    return 0


def row(visits: Visits, url: str, name: str, runs: int) -> tuple[str, ...]:
    """Return an engine's name and the median of each column."""
    times = [journey(visits, url, f"code-sample[label='{SAMPLES[name]}']") for _ in range(runs)]
    return (name, *(f"{statistics.median(column):.0f}" for column in zip(*times, strict=True)))


def journey(visits: Visits, url: str, tag: str) -> tuple[float, float, float, float]:
    """Return one time for each column."""
    sample = code_sample(tag)
    with visits(url, FREE) as visit:
        visit.open(PAGE)
        visit.wait_for(f"{tag}[live]")
        first = visit.run(sample)
        visit.wait_for(sample.ended)
        visit.again()
        visit.open(PAGE)
        visit.look_at(tag)
        back = visit.run(sample)
        visit.wait_for(sample.ended)
        second = visit.run(sample)
    with visits(url, FREE) as visit:
        visit.open(PAGE)
        visit.look_at(tag)
        visit.hover(sample.run)
        visit.pause(INTENT)
        warmed = visit.run(sample)
    return first, warmed, back, second


if __name__ == "__main__":
    sys.exit(main())
