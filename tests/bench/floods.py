"""How long the page's main thread stalls while a sample floods it: `python -m tests.bench.floods`.

Prints a table: for each flood the longest time between two animation frames, and the longest task (0: none over 50 ms;
only Chromium tells), in milliseconds, from the click to the end of the run. Python has run before.
"""

import argparse
import sys
import tempfile
from pathlib import Path

from readerly_site.errors import ReaderlyError

from ..browser.servers import Readerly
from .browsers import NAMES, engine
from .conditions import FREE
from .machine import ROOT
from .playwright_visit import PlaywrightVisit
from .subjects import READERLY, insert
from .table import markdown
from .visit import Visit

FLOODS = {
    "ten million prints": "for number in range(10_000_000):\n    print(number)",
    "a string of 100 MB": "text = 'tea ' * 25_000_000\ntext",
    "a line of 100 MB": "print('x' * 100_000_000, end='')",
    "50,000 colours": "for number in range(50_000):\n    print(f'\\x1b[38;5;{number % 256}mtea\\x1b[0m', end=' ')",
    "a progress bar, 300,000 times": "for number in range(300_000):\n    print('\\r', number, end='')",
    "a recursion without an end": "def deeper(n):\n    return deeper(n + 1)\n\n\ndeeper(0)",
    "memory used up": "kept = []\nwhile True:\n    kept.append(bytearray(50_000_000))",
}

PATIENCE = 180_000
"""Milliseconds that a flood may take."""


def main() -> int:
    """Measure and print; return 1 when something could not be measured."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.floods", description="Measure stalls under floods.")
    parser.add_argument("--browser", choices=NAMES, default=NAMES[0], help="(default: %(default)s)")
    arguments = parser.parse_args()
    try:
        with tempfile.TemporaryDirectory(prefix="readerly-bench-") as folder, engine(arguments.browser) as found:
            server = Readerly(ROOT / "site", Path(folder) / "bench.sqlite3")
            server.start()
            try:
                with found.watch(server.url, FREE) as visit:
                    rows = measured(visit)
            finally:
                server.stop()
    except (AssertionError, ReaderlyError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{found}, milliseconds:\n")
    print(markdown([("flood", "longest frame", "longest task"), *rows]))
    return 0


def measured(visit: Visit) -> list[tuple[str, str, str]]:
    """Return a row for each flood."""
    assert isinstance(visit, PlaywrightVisit)
    READERLY.open(visit)
    visit.page.set_default_timeout(PATIENCE)
    visit.run(READERLY.sample)
    visit.wait_for(READERLY.sample.ended)
    rows: list[tuple[str, str, str]] = []
    for name, source in FLOODS.items():
        sample = insert(visit, name, source)
        visit.look_at(sample.whole)
        visit.see("watchFrames()")
        visit.click(sample.run)
        visit.wait_for(sample.ended)
        visit.pause(1)  # what came last is laid out
        rows.append((name, f"{visit.see('longestFrame()'):.0f}", f"{visit.see('longestTask()'):.0f}"))
    return rows


if __name__ == "__main__":
    sys.exit(main())
