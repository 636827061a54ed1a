"""Which other modules a JavaScript module imports."""

import re
from collections.abc import Iterable, Mapping

_STATIC = re.compile(r"""(?:\bfrom|\bimport)\s*["']\./([^"']+)["']""")
_DYNAMIC = re.compile(r"""\bimport\(\s*["']\./([^"']+)["']\s*\)""")


def imports(source: bytes) -> set[str]:
    """Return the names of the sibling modules that are loaded with this one."""
    return set(_STATIC.findall(source.decode()))


def imports_later(source: bytes) -> set[str]:
    """Return the names of the sibling modules that this one may load while it runs."""
    return set(_DYNAMIC.findall(source.decode()))


def closure(roots: Iterable[str], sources: Mapping[str, bytes]) -> list[str]:
    """Return `roots` and everything loaded with them, sorted; a module that is not among `sources` raises KeyError."""
    found: set[str] = set()
    waiting = list(roots)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += imports(sources[name])
    return sorted(found)
