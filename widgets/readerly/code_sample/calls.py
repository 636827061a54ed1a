"""Which parameter of a call is being written. Pure."""


def active(parameters: list[str], index: int, keyword: str) -> int:
    """Return which of `parameters`, each as `def` has it, the argument is for; -1 where that cannot be told.

    It is the argument with that `index`, from 0, and is given by `keyword` ("" for one that is not).

    >>> active(["obj", "*", "indent=None"], 1, "indent")
    2
    """
    seen = 0
    for at in range(len(parameters)):
        text = parameters[at]
        if text == "/":
            continue
        if keyword:
            if name(text) == keyword or text.startswith("**"):
                return at
        elif text.startswith("*"):
            return at if len(text) > 1 and text[1] != "*" else -1
        elif seen == index:
            return at
        seen += 1
    return -1


def name(parameter: str) -> str:
    """Return the name of a parameter, without its annotation and its default."""
    return parameter.partition("=")[0].partition(":")[0].strip()
