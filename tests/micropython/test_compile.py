"""Every module of the browser half, as it is deployed, is Python that MicroPython reads."""

from pathlib import Path

import pytest

from readerly_site.bundle import strip

WIDGETS = Path(__file__).parent.parent.parent / "widgets"
FILES = [
    f"/widgets/{file.relative_to(WIDGETS).as_posix()}"
    for file in sorted(WIDGETS.rglob("*.py"))
    if "sandbox" not in file.parts
]


@pytest.fixture(scope="module")
def results(micropython, widgets):
    stripped = {path: strip(source) for path, source in widgets.items()}
    modern = {"/widgets/modern.py": "match 1:\n    case 1:\n        pass\n"}
    return micropython({**stripped, **modern}, f"driver.compile_all({[*FILES, *modern]!r})")


@pytest.mark.parametrize("path", FILES)
def test_compiles(results, path):
    assert results.get(path, results[""])["outcome"] == "passed", results.get(path, results[""])["text"]


def test_what_micropython_cannot_read_fails(results):
    assert results["/widgets/modern.py"]["outcome"] == "failed"
    assert "SyntaxError" in results["/widgets/modern.py"]["text"]
