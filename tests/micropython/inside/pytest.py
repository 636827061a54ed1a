"""As much of pytest as the tests in tests/unit use, for MicroPython: parametrize, raises, approx, skip, fail."""

import re


class Skipped(Exception):
    """The test is not for this interpreter."""


class Failed(AssertionError):
    """The test failed without an assert."""


def skip(reason=""):
    raise Skipped(reason)


def fail(reason=""):
    raise Failed(reason)


class Parametrized:
    """A test function and the arguments of each of its cases. (MicroPython's functions take no attributes.)"""

    def __init__(self, function, names, rows):
        self.function = function
        self.names = [name.strip() for name in names.split(",")] if isinstance(names, str) else list(names)
        self.rows = rows

    def cases(self):
        """Return a list of (keyword arguments, function)."""
        inner = self.function.cases() if isinstance(self.function, Parametrized) else [({}, self.function)]
        found = []
        for row in self.rows:
            values = (row,) if len(self.names) == 1 else row
            if len(values) != len(self.names):
                raise TypeError("parametrize: " + repr(row) + " does not fit " + repr(self.names))
            for arguments, function in inner:
                merged = dict(arguments)
                for name, value in zip(self.names, values):
                    merged[name] = value
                found.append((merged, function))
        return found


class _Mark:
    def parametrize(self, names, rows, ids=None):
        rows = list(rows)
        return lambda function: Parametrized(function, names, rows)


mark = _Mark()


class raises:
    """A block that must raise; `value` is what it raised, `match` a pattern found in its text."""

    def __init__(self, kind, match=None):
        self.kind = kind
        self.match = match
        self.value = None

    def __enter__(self):
        return self

    def __exit__(self, kind, value, traceback):
        if kind is None:
            raise Failed("did not raise " + repr(self.kind))
        if not issubclass(kind, self.kind):
            return False
        self.value = value
        if self.match is not None and not re.search(self.match, str(value)):
            raise Failed(repr(self.match) + " is not in " + repr(str(value)))
        return True


class approx:
    """A number, or a list or tuple of them, that equals what is near enough."""

    def __init__(self, expected, rel=None, abs=None):
        self.expected = expected
        self.rel = rel
        self.abs = abs

    def _near(self, one, other):
        if self.rel is None and self.abs is not None:
            tolerance = self.abs
        else:
            relative = (1e-6 if self.rel is None else self.rel) * (other if other >= 0 else -other)
            tolerance = max(relative, 1e-12 if self.abs is None else self.abs)
        return -tolerance <= one - other <= tolerance

    def __eq__(self, other):
        if isinstance(self.expected, (list, tuple)):
            if len(other) != len(self.expected):
                return False
            return all([self._near(one, near) for one, near in zip(other, self.expected)])
        return self._near(other, self.expected)

    def __repr__(self):
        return "approx(" + repr(self.expected) + ")"
