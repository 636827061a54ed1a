"""What bounds MicroPython's output, js/outlet.js, in Node: it says what `Outlet` says, message for message."""

import json
import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from readerly.code_sample.sandbox import output
from readerly_site import assets, shipped

SMALL = {"LINES": 6, "LINE": 9, "LIMIT": 40, "MESSAGE": 7, "BURST": 3, "PER_SECOND": 2, "TICK": 0.5}
"""Bounds that a few words reach."""

PROGRAM = """
import { readFileSync } from "node:fs";
const runs = JSON.parse(readFileSync(CASES)).map((writes) => {
  let now = 0;
  const heard = [], out = outlet((...message) => heard.push(message), () => now);
  for (const [kind, text, after] of writes) out.write(kind, text), now += after;
  out.close();
  return heard;
});
tell(runs);
"""


def written(chance: random.Random) -> list[tuple[str, str, float]]:
    """Return what a program may write: a kind, a text, and the seconds until it writes again."""
    pieces = ("a", "bcd", "\n", "\n\n", "\r", "\r\n", "x" * 12, "\x1b[1mb\x1b[0m", "\x1b[3m", "", "12\r345\r6")
    return [
        (
            chance.choice(("stdout", "stdout", "stderr")),
            "".join(chance.choices(pieces, k=chance.randrange(5))),
            chance.choice((0, 0, 0.25, 1)),
        )
        for _ in range(chance.randrange(30))
    ]


def test_both_engines_bound_output_alike(
    in_node: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    chance = random.Random(7)
    cases = [written(chance) for _ in range(120)]
    wanted: list[list[list[str]]] = []
    for name, bound in SMALL.items():
        monkeypatch.setattr(output, name, bound)
    for writes in cases:
        heard: list[list[str]] = []
        now = [0.0]
        outlet = output.Outlet(lambda *message, heard=heard: heard.append(list(message)), lambda now=now: now[0])
        for kind, text, after in writes:
            outlet.write(kind, text)
            now[0] += after
        outlet.close()
        wanted.append(heard)
    assert any("capped" in [kind for kind, _ in heard] for heard in wanted)
    script = shipped.text("js/outlet.js").replace('"__BOUNDS__"', json.dumps(SMALL))
    file = tmp_path / "cases.json"
    file.write_text(json.dumps(cases), encoding="utf-8")
    assert in_node(script + PROGRAM.replace("CASES", json.dumps(str(file)))) == wanted


def test_the_bounds_are_those_of_the_other_engine() -> None:
    assert f'"LINES": {output.LINES}' in assets.light_worker()
    assert "__BOUNDS__" not in assets.light_worker()
