"""The packages pages are served with, each at one exact version and with its hash.

To take a newer version, change it here (`npm view NAME@VERSION dist.integrity` tells the hash of an npm package) and
MicroPython's also in pyscript.toml, then run the tests: they tell what else the newer one asks for.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Pin:
    """A package at one exact version: `client` is "npm" or "pip".

    `digest` is "sha512-" and base64, as npm writes it, or "sha256-" and hex, as Python's package indexes do.
    """

    client: str
    name: str
    version: str
    digest: str
    python: str = ""
    """The Python a wheel is for, where that is not the Python that fetches it, such as "3.14"."""

    def __str__(self) -> str:
        """Return what a person would call it."""
        return f"{self.name} {self.version}"


PYSCRIPT = Pin(
    "npm",
    "@pyscript/core",
    "0.7.31",
    "sha512-GqM1aonc1N4RTkNZ1zJ8jJk8+i2cqeztZslPsAiQtn+wHHkUX9Z1FgIg4HjCvhBylB68UKmbTVTzOobpgPIMVQ==",
)
MICROPYTHON = Pin(
    "npm",
    "@micropython/micropython-webassembly-pyscript",
    "1.29.0-6",
    "sha512-kLwGPJFsLY/2aUPmzZxpvauFSmKc0SlJWVvvEttULR0poVQ6W9HV//1fUJyxrGWAxCVDw9aYqJ0LAog0ZLjYVA==",
)
PYODIDE = Pin(
    "npm",
    "pyodide",
    "314.0.7",
    "sha512-0YvXxEhfEdpLfb/XkM2BFAeMROq0iMUX2bzzH9pOttyMcWkwq+HbE5uyuGD82LN7y2q+SNvi/6V5JEsOlD2R1A==",
)
MICROPIP = Pin(
    "pip",
    "micropip",
    "0.11.1",  # the version in Pyodide's lock file; PyPI holds another build of it than the one whose hash stands there
    "sha256-768de165adb8e66906039d8fec4127a57f522dfdf8e6fbff877a4616941ecfd3",
    python="3.14",
)
MARKED = Pin(
    "npm",
    "marked",
    "18.2.1",
    "sha512-ii4bxCTCqqwpT86XZWgJNs+ZnAIZksmLGYMViWA7PDIXYIeNo1x6cDdX3JOip9NM/cI6p8z57FxliACboTruMA==",
)
TEMML = Pin(
    "npm",
    "temml",
    "0.13.5",
    "sha512-aPkDDgunanpLNL0ql32HbolqLep+w8DRcVXRql7rWrMt/PhczdLgL4UBYYVU3BYjCNjkGq4EqwIicu/zWr1iOg==",
)
TERSER = Pin(
    "npm",
    "terser",
    "5.51.4",
    "sha512-VPi1CkDvCWLGUVIToctNBG+NdHbSXwOPjHJnQ3pdB0XknaldnI76wSkAFOGxV2ZdkzOP5d6gpQ5c58XvDghRvw==",
)
"""Not served: it makes MicroPython's JavaScript shorter."""

PINS = (PYSCRIPT, MICROPYTHON, PYODIDE, MICROPIP, MARKED, TEMML, TERSER)
"""Everything a runtime is made of."""
