"""The tests of tests/unit once more, in the interpreter that readers run.

Each test function is one item here, with all of its cases. A module in tests/unit/cpython is for CPython only.
"""

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

UNIT = Path(__file__).parent.parent / "unit"
Results = dict[str, dict[str, str]]


def names_in(module: Path) -> list[str]:
    """Return the names of the test functions in a module, without importing it."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    return [node.name for node in tree.body if isinstance(node, ast.FunctionDef) and node.name.startswith("test_")]


MODULES = {module.name: names_in(module) for module in sorted(UNIT.glob("test_*.py"))}


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if {"module", "name"} <= set(metafunc.fixturenames):
        pairs = [(module, name) for module, names in MODULES.items() for name in names]
        metafunc.parametrize(("module", "name"), pairs, ids=[f"{module}::{name}" for module, name in pairs])


@pytest.fixture(scope="session")
def results(micropython, widgets) -> Callable[[str], Results]:
    """A function that runs a module of tests/unit, once, and returns its results."""
    known: dict[str, Results] = {}

    def of(module: str) -> Results:
        if module not in known:
            source = (UNIT / module).read_text(encoding="utf-8")
            program = f"driver.run({Path(module).stem!r}, {MODULES[module]!r})"
            known[module] = micropython({**widgets, f"/tests/unit/{module}": source}, program)
        return known[module]

    return of


def verdict(results: Results, name: str) -> None:
    """End the running test as MicroPython ended the test `name`."""
    if name not in results:
        pytest.fail(f"MicroPython ended before it came to this test:\n{results['']['text']}", pytrace=False)
    if results[name]["outcome"] == "skipped":
        pytest.skip(results[name]["text"])
    if results[name]["outcome"] != "passed":
        pytest.fail(results[name]["text"], pytrace=False)


def test_unit(results, module, name):
    verdict(results(module), name)


def test_every_test_is_a_plain_function():
    """A class or a coroutine would be passed over in silence."""
    for module in UNIT.glob("test_*.py"):
        for node in ast.parse(module.read_text(encoding="utf-8")).body:
            name = getattr(node, "name", "").lower()
            assert isinstance(node, ast.FunctionDef) or not name.startswith("test"), f"{module.name}: {name}"
    assert all(MODULES.values())
