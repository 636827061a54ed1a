unit = "°C"


def shown(degrees):
    """Return a temperature with its unit.

    >>> shown(88)  # doctest: +ELLIPSIS
    '88 ...'
    >>> for degrees in (75, 88):
    ...     shown(degrees)
    '75 °C'
    '88 °C'
    >>> shown("hot")
    Traceback (most recent call last):
        ...
    ValueError: Unknown format code 'd' for object of type 'str'
    """
    return f"{degrees:d} {unit}"
