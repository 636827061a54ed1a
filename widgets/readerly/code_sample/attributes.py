"""What an author says of a sample, by attributes: one table for the tag in a page and for the fence in Markdown. Pure.

>>> read({"label": "First steps", "packages": "attrs rich"})
{'label': 'First steps', 'packages': ['attrs', 'rich']}
"""

from typing import Any, Callable


def flag(text: str) -> bool:
    """Take an attribute that stands without a value: `readonly`, also written `readonly="readonly"`."""
    return True


def text(text: str) -> str:
    """Take any text that says something."""
    if not text.strip():
        raise ValueError("is empty; give it a value or leave it out")
    return text


def word(text: str) -> str:
    """Take a name without spaces."""
    if len(text.split()) != 1:
        raise ValueError("must be one word, such as intro")
    return text.strip()


def words(text: str) -> list[str]:
    """Take one or more words, parted by spaces."""
    found = text.split()
    if not found:
        raise ValueError("is empty; give it a value or leave it out")
    return found


def address(text: str) -> str:
    """Take the address of a file on the page's own host: brew.py, or brew.py#region."""
    found = word(text)
    if ":" in found.split("#")[0] or "\\" in found or found[:2] == "//" or found[0] == "#":
        raise ValueError(
            "names " + found + ", which is no file on the page's own host; write its path, such as brew.py"
        )
    return found


PLAIN = "abcdefghijklmnopqrstuvwxyz0123456789-."
"""What the name of a host is made of; anything else could mean something in a page's policy."""


def origins(text: str) -> list[str]:
    """Take the origins of hosts, parted by spaces: https://api.example.org, and http for this machine itself."""
    found = words(text)
    for origin in found:
        scheme, _, rest = origin.partition("://")
        host, colon, port = rest.partition(":")
        plain = host and not [char for char in host if char not in PLAIN]
        usual = {"https": "443", "http": "80"}.get(scheme)
        ported = port.isdigit() and port != usual if colon else True
        if (
            not plain
            or not ported
            or not (scheme == "https" or (scheme == "http" and host in ("localhost", "127.0.0.1")))
        ):
            raise ValueError("names " + origin + "; write each host alone, such as https://api.example.org")
    return found


LARGEST = 50_000_000
"""Bytes that the data files of one sample may have together."""


def files(text: str, folders: bool = False) -> list[list[str]]:
    """Take data files, parted by spaces, and return the name of each, and the address it is fetched from.

    `data/tea.csv` is both: the path from the page, and from the folder the sample works in. `tea.csv=/data/2026.csv`
    gives a name to a file that lies elsewhere on the page's own host. With `folders` a name may be that of a folder.

    >>> files("data/tea.csv b.csv=../b.csv")
    [['data/tea.csv', 'data/tea.csv'], ['b.csv', '../b.csv']]
    """
    found: list[list[str]] = []
    for said in words(text):
        name, equals, address = said.partition("=")
        name = name[2:] if name[:2] == "./" else name
        if name[-1:] == "/" and not folders:
            raise ValueError("names a folder, " + name + ", which a page cannot list; name each of its files")
        whole = name[:-1] if name[-1:] == "/" else name
        parts = whole.split("/")
        odd = [char for char in ("\\", ":", "?", "#", "%2e", "%2f", "%5c", "%00") if char in name.lower()]
        if odd or [part for part in parts if part in ("", ".", "..")]:
            raise ValueError(
                "names " + said + ", which is not in the page's folder; write the path from there, such as data/tea.csv"
            )
        address = address if equals else name
        if not address or ":" in address or "\\" in address or address[:2] == "//":
            raise ValueError(
                "has " + said + ", which is no file on the page's own host; write its path, such as tea.csv=/tea.csv"
            )
        for other, _ in found:
            if (other + "/").startswith(whole + "/") or (whole + "/").startswith(other.rstrip("/") + "/"):
                raise ValueError("gives two files the name " + other + "; give one another: other.csv=" + address)
        found.append([name, address])
    return found


def named(requirement: str) -> str:
    """Return the normalized name of the package in a requirement such as "Typing_Extensions>=4"."""
    name = ""
    for char in requirement.strip():
        if not (char.isalpha() or char.isdigit() or char in "-_."):
            break
        name += "-" if char in "-_." else char.lower()
    return "-".join([part for part in name.split("-") if part])


def code(text: str) -> str:
    """Take Python source."""
    if not text.strip():
        raise ValueError("is empty; say with assert what is to be so, such as assert total == 6")
    return text


ENGINES = ("pyodide", "micropython")
"""What samples run in: CPython with all there is, and MicroPython, which starts at once."""

CPYTHON = ("packages", "files", "connect", "check", "echo")
"""Attributes of which MicroPython can make nothing."""


def engine(text: str) -> str:
    """Take the name of an engine."""
    if text.strip() not in ENGINES:
        raise ValueError("must be one of " + ", ".join(ENGINES))
    return text.strip()


def lines(text: str) -> int:
    """Take a number of lines."""
    number = int(text) if text.strip().isdigit() else 0
    if not 1 <= number <= 200:
        raise ValueError("must be a whole number of lines, from 1 to 200, such as 8")
    return number


def seconds(text: str) -> float:
    """Take a number of seconds."""
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number <= 3600:
        raise ValueError("must be seconds, from above 0 to 3600, such as 60")
    return number


def given(text: str) -> str:
    """Take lines, parted by line breaks or, as a fence has to write them, by a backslash and an n."""
    if not text:
        raise ValueError("is empty; give it the lines that the sample reads, such as Ada\\n36")
    return text.replace("\\n", "\n")


KINDS: dict[str, Callable[[str], Any]] = {
    "check": code,
    "connect": origins,
    "echo": flag,
    "engine": engine,
    "files": files,
    "label": text,
    "normalize-whitespace": flag,
    "numbers": flag,
    "packages": words,
    "readonly": flag,
    "rows": lines,
    "session": word,
    "setup": flag,
    "src": address,
    "timeout": seconds,
    "stdin": given,
    "varies": flag,
}
"""Each attribute, and what takes its text; ValueError ends a sentence that begins with the attribute's name."""

OPTIONS = ("check", "echo", "files", "stdin", "timeout")
"""Those that a run is told of as they are: see `sandbox.runner.run`."""


def read(attributes: dict[str, str], kinds: dict[str, Callable[[str], Any]] = KINDS) -> dict[str, Any]:
    """Return the values of those of `attributes` that are in `kinds`; ValueError is a sentence about a wrong one.

    It is also one about two that do not go together.
    """
    values: dict[str, Any] = {}
    for name, said in attributes.items():
        if name in kinds:
            try:
                values[name] = kinds[name](said)
            except ValueError as error:
                raise ValueError(name + " " + str(error)) from None
    if values.get("engine") == "micropython":
        for name in CPYTHON:
            if name in values:
                raise ValueError(name + ' is not to be had with engine="micropython"; leave one of the two out')
    for name in ("readonly", "setup"):
        if "check" in values and name in values:
            raise ValueError("check is for samples that a reader changes; leave it out, or " + name)
    return values
