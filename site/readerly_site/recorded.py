"""The outputs an author has recorded, in a file beside the article: `tea.md` has `tea.outputs.json`.

For each sample by its id: a fingerprint of the source that said it, and the messages, line by line, so that a change of
one line is a difference of one line. `readerly check --update` writes the file; the build reads it.
"""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from readerly_site.errors import ReaderlyError, read_text
from readerly_site.samples import Messages, Sample

NEUTRAL = (
    *("check", "id", "label", "normalize-whitespace", "numbers", "raises"),
    *("readonly", "rows", "skip", "src", "timeout", "varies"),
)
"""What may be said otherwise of a sample without another output."""


@dataclass(frozen=True)
class Recorded:
    """What one sample said when it was last recorded."""

    fingerprint: str
    messages: Messages


def beside(article: Path) -> Path:
    """Return the file that keeps the outputs of `article`."""
    return article.with_suffix(".outputs.json")


def fingerprint(sample: Sample, earlier: Iterable[Sample]) -> str:
    """Return 12 hex digits for all that decides what `sample` says, the `earlier` ones of its session included."""
    session = sample.fence.attributes.get("session")
    same = [each for each in earlier if each.fence.attributes.get("session") == session]
    before = [each for each in same if session or "setup" in each.fence.attributes]
    said = [
        [
            each.source,
            sorted(pair for pair in each.fence.attributes.items() if pair[0] not in NEUTRAL),
            *(file.digest for file in each.files),
        ]
        for each in (*before, sample)
    ]
    return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:12]


def load(article: Path) -> dict[str, Recorded]:
    """Return what is recorded for `article`, by the samples' ids; ReaderlyError where the file cannot be used."""
    file = beside(article)
    if not file.exists():
        return {}
    try:
        return {name: _recorded(said) for name, said in json.loads(read_text(file)).items()}
    except json.JSONDecodeError as error:
        raise ReaderlyError(f"is no valid JSON: {error.msg}; mend it, or record anew", file, error.lineno) from error
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        message = "is not what `readerly check --update` writes; mend it, or remove it and record anew"
        raise ReaderlyError(message, file) from error


def _recorded(said: Any) -> Recorded:
    messages = [(str(each["kind"]), "".join(map(str, each["text"]))) for each in said["messages"]]
    return Recorded(str(said["source"]), messages)


def write(article: Path, records: Mapping[str, Recorded]) -> None:
    """Write what is recorded for `article`, in the samples' order; without any the file goes."""
    file = beside(article)
    said = {
        name: {
            "source": each.fingerprint,
            "messages": [{"kind": kind, "text": text.splitlines(keepends=True)} for kind, text in each.messages],
        }
        for name, each in records.items()
    }
    try:
        if said:
            file.write_text(json.dumps(said, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        else:
            file.unlink(missing_ok=True)
    except OSError as error:
        raise ReaderlyError(f"cannot be written: {error.strerror or error}", file) from error


def output(sample: Sample, earlier: Sequence[Sample], records: Mapping[str, Recorded]) -> Messages:
    """Return what is recorded for `sample`, nothing where its source has changed since; or what its docstring says."""
    if sample.doctest:
        return sample.doctest.output
    found = records.get(sample.id)
    return found.messages if found and found.fingerprint == fingerprint(sample, earlier) else ()
