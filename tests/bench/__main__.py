"""The command: measure, print the table, keep the values."""

import argparse
import json
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from readerly_site.errors import ReaderlyError

from ..browser.engines import launch_options
from ..browser.servers import Readerly
from . import journeys, machine
from .book import Book
from .ours import ESSAY
from .peer_pages import lay
from .peer_server import PeerServer
from .rounds import first_sample, measure
from .table import table

SITE = machine.ROOT / "site"
RESULTS = Path(__file__).parent / "results"


def main() -> int:
    """Run the benchmark; return 1 when anything could not be measured."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure the demo site's essay page.")
    parser.add_argument("--runs", type=int, default=7, help="rounds that count, five or more (default: %(default)s)")
    parser.add_argument(
        "--wait", type=float, default=10, help="seconds a visit may wait for a quiet machine (%(default)s)"
    )
    arguments = parser.parse_args()
    try:
        book, facts = run(arguments.runs, arguments.wait)
    except (AssertionError, ReaderlyError) as error:
        print(error, file=sys.stderr)
        return 1
    report(book, facts)
    return int(book.failed)


def run(runs: int, patience: float) -> tuple[Book, dict[str, Any]]:
    """Start both servers and one browser, measure, and return the values with the machine's facts."""
    with sync_playwright() as playwright, tempfile.TemporaryDirectory(prefix="readerly-bench-") as folder:
        options = launch_options("chromium", playwright)
        if options is None:
            raise AssertionError("Chromium is missing: `python tests/browser/install.py` gets it.")
        ours, others = Readerly(SITE, Path(folder) / "bench.sqlite3"), PeerServer(Path(folder) / "o")
        browser = playwright.chromium.launch(**options)
        try:
            ours.start()
            lay(others.folder, SITE, ESSAY, first_sample(browser, ours.url))
            others.start()
            facts = machine.facts(browser.version)
            book, busy = measure(browser, ours.url, others.url, runs, patience)
            done = len(busy) // len({**journeys.OURS, **journeys.THEIRS})
            return book, {**facts, "rounds": f"{done} of {runs}", "others_at_work": busy}
        finally:
            browser.close()
            others.stop()
            ours.stop()


def report(book: Book, facts: dict[str, Any]) -> None:
    """Print the table and every failure, and write all values as JSON."""
    print("; ".join(f"{name.replace('_', ' ')}: {fact}" for name, fact in facts.items() if name != "packages"))
    print(table(book))
    for name, series in book.series.items():
        for why in dict.fromkeys(series.failures):
            print(f"{name} failed {series.failures.count(why)} ×: {why}")
    RESULTS.mkdir(exist_ok=True)
    file = RESULTS / (facts["date"].replace(":", "").partition("+")[0] + ".json")
    series = {name: {"median": series.median, **asdict(series)} for name, series in book.series.items()}
    file.write_text(json.dumps({"machine": facts, "series": series}, indent=1), encoding="utf-8")
    print(f"All values: {file.relative_to(machine.ROOT)}")


if __name__ == "__main__":
    sys.exit(main())
