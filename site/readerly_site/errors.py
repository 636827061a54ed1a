"""The one error that a person who writes articles or runs a site gets to see."""

from pathlib import Path


class ReaderlyError(Exception):
    """Something an author or operator can put right, told in one sentence: what is wrong, where, and what to do.

    `file` and `line` (counted from 1 over the whole file) say where; both are optional. `str(error)` reads
    "articles/a.md:3: message", the form that editors and terminals turn into a link. The file is given relative to the
    working directory when it lies inside it.
    """

    def __init__(self, message: str, file: Path | None = None, line: int | None = None) -> None:
        """Hold the sentence and the place it is about."""
        super().__init__(message)
        self.message = message
        self.file = file
        self.line = line

    def __str__(self) -> str:
        """Return "file:line: message", or as much of it as is known."""
        if self.file is None:
            return self.message
        where = shown(self.file)
        return f"{where}: {self.message}" if self.line is None else f"{where}:{self.line}: {self.message}"


def shown(file: Path) -> str:
    """Return `file` as a person would write it: relative when it lies inside the working directory."""
    try:
        return str(file.absolute().relative_to(Path.cwd()))
    except (ValueError, OSError):
        return str(file)


def read_text(file: Path) -> str:
    """Return the text of `file`, without a byte order mark; raise ReaderlyError where it cannot be read as UTF-8."""
    try:
        data = file.read_bytes()
    except OSError as error:
        raise ReaderlyError(f"cannot be read: {error.strerror or error}", file) from error
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise ReaderlyError("is not UTF-8 text; save it with the encoding UTF-8", file, line) from error
