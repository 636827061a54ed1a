"""The lines of a source that a traceback names. Pure."""


def parts(text: str, name: str) -> list[tuple[str, int]]:
    """Return `text` in pieces, each with the line of the source `name` that it points to, or 0.

    >>> parts('File "a.py", line 3, in f', "a.py")
    [('File "a.py", ', 0), ('line 3', 3), (', in f', 0)]
    """
    mark = 'File "' + name + '", '
    found: list[tuple[str, int]] = []
    before = ""
    pieces = text.split(mark + "line ")
    for at in range(len(pieces)):
        piece, digits = pieces[at], ""
        while at and len(digits) < len(piece) and len(digits) < 6 and piece[len(digits)] in "0123456789":
            digits += piece[len(digits)]
        if at and not digits:
            before += mark + "line " + piece
            continue
        if at:
            found += [(before + mark, 0), ("line " + digits, int(digits))]
            before = ""
        before += piece[len(digits) :]
    return found + ([(before, 0)] if before else [])
