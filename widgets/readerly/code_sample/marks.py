"""Regions of a file that comments mark, as editors fold them. Pure."""


def marked(text: str, name: str) -> str:
    """Return what stands in `text` between the comments "# region NAME" and "# endregion", at the left edge.

    Marks of other regions go. ValueError is a sentence: there is no such region, or it does not end.
    """
    found: list[str] = []
    opened: list[str] = []
    seen = ended = False
    for line in text.split("\n"):
        words = line.strip().lstrip("#").split() if line.strip()[:1] == "#" else []
        if words[:1] == ["region"]:
            opened.append(" ".join(words[1:]))
            seen = seen or name in opened
        elif words[:1] == ["endregion"] and opened:
            ended = opened.pop() == name or ended
        elif name in opened:
            found.append(line)
    if not ended:
        raise ValueError(
            "has a # region " + name + " and no # endregion for it" if seen else "has no # region " + name + " in it"
        )
    inside = [line for line in found if line.strip()]
    edge = min([len(line) - len(line.lstrip()) for line in inside] or [0])
    return "\n".join([line[edge:] for line in found]).strip("\n")
