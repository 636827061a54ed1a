"""The facts without which a time means nothing: the machine, the browser, the versions, and who else was at work."""

import datetime
import os
import platform
import subprocess
import time
from pathlib import Path
from typing import Any

from readerly_site.pins import PINS

ROOT = Path(__file__).parents[2]
STAT = Path("/proc/stat")
CALM = 0.15
"""Share of the processors that others may use while something is measured."""


def facts(browser: str) -> dict[str, Any]:
    """Return what is to be told of this machine and a run in `browser`; nothing in it says whose machine it is."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return {
        "date": datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds"),
        "commit": commit(),
        "browser": browser,
        "cores": os.cpu_count(),
        "processor": processor(),
        "memory_gb": round(memory / 1e9, 1),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        "packages": {pin.name: pin.version for pin in PINS},
    }


def busy(seconds: float = 0.5) -> float | None:
    """Return the share of all processors, 0 to 1, that is at work for others while this waits; None where Linux is not.

    Times measured while others were at work are too long.
    """
    if not STAT.is_file():
        return None
    idle, total = processor_time()
    time.sleep(seconds)
    idle_then, total_then = processor_time()
    return round(1 - (idle_then - idle) / max(total_then - total, 1), 2)


def quiet(patience: float) -> float | None:
    """Wait until others leave the machine alone, `patience` seconds at most; return what they used of it at last."""
    until = time.monotonic() + patience
    while (share := busy()) is not None and share > CALM and time.monotonic() < until:
        pass
    return share


def processor_time() -> tuple[int, int]:
    """Return what all processors have idled, and all the time they had, in ticks since the machine started."""
    ticks = [int(field) for field in STAT.read_text(encoding="utf-8").splitlines()[0].split()[1:9]]
    return ticks[3] + ticks[4], sum(ticks)


def processor() -> str:
    """Return the processor's name where the system tells it."""
    listed = Path("/proc/cpuinfo")
    lines = listed.read_text(encoding="utf-8").splitlines() if listed.is_file() else []
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.processor() or "unknown"


def commit() -> str:
    """Return the version of the source that was measured; "-dirty" at its end where that was changed since."""
    command = ["git", "describe", "--always", "--dirty", "--exclude=*"]
    try:
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    except OSError:
        return "unknown"
    return done.stdout.strip() or "unknown"
