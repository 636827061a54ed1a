"""How an output is other than it was to be, as the lines below a sentence that says so."""

from collections.abc import Sequence

from readerly.code_sample.compare import differences


def lines(
    called: str, wanted: Sequence[tuple[str, str]], now: Sequence[tuple[str, str]], loose: bool = False
) -> list[str]:
    """Return the lines that differ, each after a line break; what was `wanted` is `called` so, in eight columns.

    Both outputs are messages, kinds and texts. `loose` is as for `compare.same`.
    """
    found = differences(wanted, now, loose)
    return [f"\n    {called if side == 'author' else 'now':>8}: {line}" for side, line in found]
