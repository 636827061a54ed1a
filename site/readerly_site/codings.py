"""Which content coding a file travels in, by what the one who asks accepts (RFC 9110, 12.5.3)."""

import re
from collections.abc import Iterable

IDENTITY = "identity"
"""The coding that is none: the file as it is."""

QUALITY = re.compile(r"0(\.\d{0,3})?|1(\.0{0,3})?")
"""A weight (RFC 9110, 12.4.2)."""

LEAST = 0.0001
"""Less than any weight that can be written: the file as it is will do, where nothing is said of it."""


def choose(accepted: str | None, there: Iterable[str]) -> str | None:
    """Return the most welcome of the codings that are `there`, or "identity"; None where none of them is accepted.

    `accepted` is the value of Accept-Encoding, None where there is no such header. Of codings that are equally welcome
    the first one `there` is taken, and "identity" last.
    """
    if accepted is None:
        return IDENTITY
    weights = _weights(accepted)
    other = weights.get("*")

    def weight(coding: str) -> float:
        unsaid = LEAST if coding == IDENTITY and other is None else other or 0.0
        return weights.get(coding, unsaid)

    best = max((*there, IDENTITY), key=weight)
    return best if weight(best) else None


def _weights(accepted: str) -> dict[str, float]:
    """Return the weight of each coding that is named; one whose weight cannot be read is left out."""
    weights: dict[str, float] = {}
    for item in accepted.lower().split(","):
        coding, _, parameter = (part.strip() for part in item.partition(";"))
        quality = re.sub(r"^q\s*=\s*", "", parameter) if parameter else "1"
        if coding and QUALITY.fullmatch(quality):
            weights[coding.removeprefix("x-")] = float(quality)  # x-gzip is gzip (RFC 9110, 8.4.1.3)
    return weights
