"""What Lighthouse says of a page: its scores, and the audits that cost points."""

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from readerly_site.download import node

from .book import Reading
from .packages import Package, run

PACKAGE = Package("npm", "lighthouse", "13.5.0", lock=Path(__file__).with_name("lighthouse"))
"""A score depends on the packages below it too, so all are locked; the lock names no registry."""

CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
NAMES = tuple(f"lighthouse.{category}" for category in CATEGORIES)

RUNS = 3
"""Performance scores differ from run to run."""


def readings(url: str, program: str, arguments: Sequence[str]) -> Iterator[Reading]:
    """Let Lighthouse load a page once, as a phone on a network it simulates, in Chromium at `program`.

    Yields the score of each category, 0 to 100, with the audits that cost points; raises ReaderlyError.
    """
    home = PACKAGE.install()
    command = [str(node()), str(home / "node_modules/lighthouse/cli/index.js"), url, "--quiet", "--output=json"]
    command += [f"--only-categories={','.join(CATEGORIES)}"]
    command += [f"--chrome-flags={' '.join(['--headless=new', *arguments])}"]
    report = json.loads(run(command, home, environment={"CHROME_PATH": program}))
    for name, category in zip(NAMES, CATEGORIES, strict=True):
        said = report["categories"][category]
        yield Reading(name, round(100 * (said["score"] or 0)), "; ".join(costs(said, report["audits"])))


def costs(category: dict[str, Any], audits: dict[str, Any]) -> list[str]:
    """Return the audits of a category that cost points, the dearest first, and how many."""
    weights = {each["id"]: each["weight"] for each in category["auditRefs"]}
    whole = sum(weights.values())
    lost = {
        name: 100 * weight / whole * (1 - (audits[name]["score"] or 0)) for name, weight in weights.items() if weight
    }
    return [
        " ".join(filter(None, (audits[name]["title"], audits[name].get("displayValue"), f"(−{lost[name]:.1f})")))
        for name in sorted(lost, key=lambda name: -lost[name])
        if lost[name] > 0
    ]
