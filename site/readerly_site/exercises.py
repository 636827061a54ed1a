"""Exercises in articles: fences right below a sample that runs hold its check, a hint and a solution, and fold into it.

```python run label="Add up"
total = 0
```

```python check
assert total == 6, "Add up 1, 2 and 3."
```

```markdown hint
The function `sum` adds up a list.
```

```python solution
total = sum([1, 2, 3])
```
"""

import ast
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from markdown_it.token import Token

from readerly.code_sample.attributes import read
from readerly_site import samples
from readerly_site.errors import ReaderlyError
from readerly_site.samples import Exercise, Part


def folded(tokens: Sequence[Token], file: Path) -> list[Token]:
    """Return `tokens` without the fences that are parts of an exercise; the `meta` of their sample's fence has them.

    Raises ReaderlyError, with the line in `file`, for one that is below no sample, or empty, or there twice.
    """
    kept: list[Token] = []
    sample: Token | None = None
    for token in tokens:
        part = _parsed(token, file).part if token.type == "fence" else ""
        if not part:
            sample = token if token.type == "fence" and _parsed(token, file).runs else None
            kept.append(token)
            continue
        line = _line(token)
        if sample is None or sample.level != token.level:
            raise ReaderlyError(f"this {part} is below no sample; put it right after a fence that runs", file, line)
        if part in sample.meta:
            raise ReaderlyError(f"the sample above has two {part}s; keep one", file, line)
        if not token.content.strip():
            raise ReaderlyError(f"the {part} is empty; write one, or leave its fence out", file, line)
        sample.meta[part] = token
    return kept


TWO = "the sample above has two checks; keep one"


def of(parts: Mapping[str, Any], said: Mapping[str, str], line: int, file: Path) -> Exercise | None:
    """Return what makes an exercise of the sample at `line` of `file`; None where nothing does.

    `parts` are its fence's, as `folded` found them, `said` its attributes, which may have a short check.
    """
    if "check" in parts and "check" in said:
        raise ReaderlyError(TWO, file, _line(parts["check"]))
    found = {part: Part(parts[part].content, _line(parts[part])) for part in samples.PARTS if part in parts}
    if "check" in said:
        found["check"] = Part(said["check"], line)
    if not found:
        return None
    if "check" not in found:
        part, there = next(iter(found.items()))
        message = f"this {part} belongs to an exercise, and the sample above has no check; add ```python check"
        raise ReaderlyError(message, file, there.line)
    try:
        read({**said, "check": found["check"].source})
    except ValueError as error:
        raise ReaderlyError(str(error), file, found["check"].line) from error
    try:
        compile(found["check"].source, str(file), "exec", ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT)
    except SyntaxError as error:
        at = found["check"].line + (error.lineno or 0) * ("check" in parts)
        raise ReaderlyError(f"the check is no Python: {error.msg}", file, at) from error
    return Exercise(found["check"], found.get("solution"), parts.get("shown", ""))


def hint(tokens: Sequence[Token], begins: int, file: Path) -> list[Token]:
    """Return the `tokens` of a hint as they stand in `file`, whose line `begins` (from 0) is their first.

    A hint has neither headings nor samples of its own.
    """
    for token in tokens:
        if token.map:
            token.map = [token.map[0] + begins, token.map[1] + begins]
        if token.type == "heading_open":
            raise ReaderlyError("a hint has no headings; write it as text", file, _line(token))
        if token.type == "fence":
            fence = _parsed(token, file)
            if fence.runs or fence.part:
                raise ReaderlyError("a hint holds no samples that run, nor parts of them", file, _line(token))
    return list(tokens)


def _parsed(token: Token, file: Path) -> samples.Fence:
    try:
        return samples.parse(token.info)
    except ValueError as error:
        raise ReaderlyError(str(error), file, _line(token)) from error


def _line(token: Token) -> int:
    return token.map[0] + 1 if token.map else 1
