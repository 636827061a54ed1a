"""Imports modules one at a time: an import that imports others cannot be interrupted, and takes the time of all."""

from typing import Any, Callable, Iterator


class Modules:
    """The modules of one page."""

    def __init__(self, needs: dict[str, list[str]], load: Callable[[str], Any]) -> None:
        """Import with `load(name)`; `needs` holds the names of the modules that a module imports, by its own."""
        self._needs = needs
        self._load = load
        self._begun: list[str] = []

    def importing(self, name: str) -> Iterator[None]:
        """Import what the module `name` needs, and then itself: one module in each step."""
        if name in self._begun:
            return
        self._begun.append(name)
        for needed in self._needs.get(name, []):
            yield from self.importing(needed)
        self._load(name)
        yield
