"""Compiles a source that a reader is writing, and runs nothing of it."""

import ast
import warnings

LONGEST = 20_000
"""Characters of a source that is looked at: more would keep an interpreter from its next run."""


def check(source: str) -> list[str]:
    """Return what is wrong with `source`, and the line, counted from 1; nothing where nothing is."""
    try:
        with warnings.catch_warnings(action="ignore"):
            if len(source) <= LONGEST:
                compile(source, "sample", "exec", ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)
    except SyntaxError as error:
        return [f"{type(error).__name__}: {error.msg}", str(error.lineno or 0)]
    except (ValueError, OverflowError, MemoryError, RecursionError):
        pass  # a run will say so
    return []
