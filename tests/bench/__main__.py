"""The command: measure, print the tables, keep the values."""

import argparse
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from readerly_site.errors import ReaderlyError

from ..browser.servers import Readerly
from . import journeys, lighthouse, machine, peer_pages, results, table
from .book import Book
from .browsers import NAMES, Engine, engine
from .peer_server import PeerServer
from .rounds import Sites, measure, names, tell
from .slow_network import SlowNetwork
from .subjects import ESSAY

SITE = machine.ROOT / "site"


def main() -> int:
    """Run the benchmark; return 1 when anything could not be measured."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench", description="Measure the demo site's essay page.")
    parser.add_argument("--runs", type=int, default=7, help="rounds that count, five or more (default: %(default)s)")
    parser.add_argument("--browser", choices=NAMES, default=NAMES[0], help="(default: %(default)s)")
    parser.add_argument(
        "--wait", type=float, default=10, help="seconds a visit may wait for a quiet machine (%(default)s)"
    )
    arguments = parser.parse_args()
    try:
        with engine(arguments.browser) as found:
            book, facts = run(found, arguments.runs, arguments.wait)
    except (AssertionError, ReaderlyError) as error:
        print(error, file=sys.stderr)
        return 1
    report(book, facts)
    return int(book.failed)


def run(found: Engine, runs: int, patience: float) -> tuple[Book, dict[str, Any]]:
    """Start both servers and the slow network, measure, and return the values with the machine's facts."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="readerly-bench-")))
        site = peer_pages.with_packages(SITE, folder / "site")
        network, ours, others = SlowNetwork(), Readerly(site, folder / "bench.sqlite3"), PeerServer(folder / "o")
        for each in (ours, others, network):
            stack.callback(each.stop)
        ours.start()
        peer_pages.lay(others.folder, site, ESSAY)
        others.start()
        sites = Sites(ours.url, others.url, network.to(ours.port), network.to(others.port))
        whole = found.name == "chromium"
        plans = journeys.CHROMIUM if whole else journeys.OTHERS
        book = Book([*names(plans), *(lighthouse.NAMES if whole else ())])
        facts = machine.facts(str(found))
        busy = measure(found, sites, plans, book, runs, patience)
        for number in range(lighthouse.RUNS if whole else 0):
            tell(f"Lighthouse, {number + 1} of {lighthouse.RUNS}")
            machine.quiet(patience)
            book.take(lighthouse.NAMES, lighthouse.readings(ours.url + ESSAY, found.program, found.arguments))
        return book, {**facts, "rounds": f"{len(busy)} of {runs}", "others_at_work": busy}


def report(book: Book, facts: dict[str, Any]) -> None:
    """Print the tables and every failure, and write all values as JSON."""
    print(
        "; ".join(
            f"{name.replace('_', ' ')}: {facts[name]}" for name in facts if name not in ("packages", "others_at_work")
        )
    )
    shares = [share for shares in facts["others_at_work"] for share in shares if share is not None]
    if shares:
        print(f"Other programs used up to {max(shares):.0%} of the processors before a visit")
    print(f"\n{table.tables(book)}")
    if not facts["browser"].startswith("Chromium") and (kept := results.last("Chromium")):
        print(f"\n{table.against(book, facts['browser'], *kept)}")
    for name, series in book.series.items():
        for why in dict.fromkeys(series.failures):
            print(f"{name} failed {series.failures.count(why)} ×: {why}")
    print(f"\nAll values: {results.write(book, facts).relative_to(machine.ROOT)}")


if __name__ == "__main__":
    sys.exit(main())
