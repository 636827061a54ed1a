"""What a command shows while it works: a progress bar, but only when there is something to wait for."""

import sys
import threading
from collections.abc import Generator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

from readerly_site.runtime import Progress as Tell

PATIENCE = 1.0
"""Seconds of work before a bar appears."""


@contextmanager
def progress_bar() -> Generator[Tell]:
    """Give a callback that moves a bar on standard error, which appears after a second and leaves nothing behind."""
    console = Console(file=sys.stderr)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    bar = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
    task = bar.add_task("", total=None)
    later = threading.Timer(PATIENCE, bar.start)
    later.daemon = True
    later.start()
    try:
        yield lambda what, done, total: bar.update(task, description=what, completed=done, total=total)
    finally:
        later.cancel()
        later.join()
        bar.stop()
