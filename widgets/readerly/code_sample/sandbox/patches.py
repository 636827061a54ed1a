"""Functions of ours in the place of a module's own for the time of a run, also where it is imported only then."""

import sys
from collections.abc import Mapping
from typing import Any


class Patches:
    """What is to stand in modules while this is entered; afterwards they are as they were.

    Attributes are told by their path in the module, such as "Thread.start".
    """

    def __init__(self) -> None:
        """Begin with none."""
        self._wanted: dict[str, dict[str, Any]] = {}
        self._undo: list[tuple[Any, str, Any]] = []
        self._finder = _Finder(self)

    def replace(self, module: str, attributes: Mapping[str, Any]) -> None:
        """Let `attributes` stand in `module`: at once where it is imported, and otherwise as it is."""
        self._wanted.setdefault(module, {}).update(attributes)
        if module in sys.modules:
            self.apply(module, sys.modules[module])

    def wants(self, name: str) -> bool:
        """Return whether something is to stand in the module `name`."""
        return name in self._wanted

    def apply(self, name: str, module: Any) -> None:
        """Put what is wanted into `module`, which has that name."""
        for path, value in self._wanted[name].items():
            *way, last = path.split(".")
            place: Any = module
            for step in way:
                place = getattr(place, step)
            self._undo.append((place, last, place.__dict__.get(last)))
            setattr(place, last, value)

    def __enter__(self) -> "Patches":
        """Look after imports too."""
        sys.meta_path.insert(0, self._finder)
        return self

    def __exit__(self, *_: object) -> None:
        """Put everything back, the latest first."""
        sys.meta_path = [finder for finder in sys.meta_path if finder is not self._finder]
        while self._undo:
            place, name, before = self._undo.pop()
            if before is None:
                delattr(place, name)
            else:
                setattr(place, name, before)


class _Finder:
    """Finds what the others find, and has it changed once it is imported."""

    def __init__(self, patches: Patches) -> None:
        self._patches = patches

    def find_spec(self, name: str, path: Any = None, target: Any = None) -> Any:
        if not self._patches.wants(name):
            return None
        for finder in sys.meta_path:
            spec = None if finder is self else finder.find_spec(name, path, target)
            if spec is not None:
                if spec.loader is not None:
                    spec.loader = _Loader(spec.loader, self._patches)  # pyright: ignore[reportAttributeAccessIssue]
                return spec
        return None


class _Loader:
    """Loads as another loader does, and has the module changed afterwards."""

    def __init__(self, loader: Any, patches: Patches) -> None:
        self._loader = loader
        self._patches = patches

    def exec_module(self, module: Any) -> None:
        self._loader.exec_module(module)
        self._patches.apply(module.__spec__.name, module)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._loader, name)
