"""The files that keep every single value of a run, and the last of them."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Any

from .book import Book

FOLDER = Path(__file__).parent / "results"


def write(book: Book, facts: dict[str, Any]) -> Path:
    """Write all values, failures and notes with the facts of the machine; return the file."""
    FOLDER.mkdir(exist_ok=True)
    file = FOLDER / (facts["date"].replace(":", "").partition("+")[0] + ".json")
    series = {name: {"median": series.median, **asdict(series)} for name, series in book.series.items()}
    file.write_text(json.dumps({"machine": facts, "series": series}, indent=1), encoding="utf-8")
    return file


def last(browser: str) -> tuple[dict[str, Any], dict[str, float]] | None:
    """Return the facts and the medians of the last run in a browser, named as `facts` does, if any was kept here."""
    for file in sorted(FOLDER.glob("*.json"), reverse=True):
        kept = json.loads(file.read_text(encoding="utf-8"))
        if kept["machine"]["browser"].startswith(browser):
            medians = {name: series["median"] for name, series in kept["series"].items()}
            return kept["machine"], {name: median for name, median in medians.items() if median is not None}
    return None
