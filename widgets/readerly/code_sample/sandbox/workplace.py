"""Where a sample finds itself: the folder it works in, `sys.argv` and `__file__`, as if it were run as a script."""

import itertools
import os
import shutil
import sys
import types
from pathlib import Path
from typing import Any

ROOT = Path("/home/samples")
"""Holds a folder for each session and for each run without one, until the interpreter ends."""

_numbers = itertools.count(1)

_others: dict[str, Any] = {}
"""Modules, as `sys.modules` has them, that are known to be of no folder here."""


def folder(session: str | None, fresh: bool = False) -> Path:
    """Return the folder that samples of `session` share, empty where `fresh` is wanted; without one, a new folder."""
    place = ROOT / (f"session-{session.encode().hex()}" if session else f"run-{next(_numbers)}")
    if fresh:
        shutil.rmtree(place, ignore_errors=True)
    place.mkdir(parents=True, exist_ok=True)
    return place


def enter(place: Path, name: str, module: types.ModuleType) -> None:
    """Let what runs next in `module` work in `place`, as the script `name` there; modules of other folders are gone."""
    before, ours = sys.path[0] if sys.path else "", f"{place.parent}/"
    if before != str(place):
        if before.startswith(ours):
            sys.path[0] = str(place)
        else:
            sys.path.insert(0, str(place))
        for key, loaded in [(key, each) for key, each in sys.modules.items() if _others.get(key) is not each]:
            if not str(getattr(loaded, "__file__", None) or "").startswith(ours):
                _others[key] = loaded
            elif loaded is not module:
                del sys.modules[key]
    os.chdir(place)
    sys.argv[:] = [name]
    module.__file__ = str(place / name)
