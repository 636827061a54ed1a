"""MicroPython has no `typing`: this much of it lets annotated modules be imported. The page gets them without it."""


class _Kind:
    def __getitem__(self, kinds):
        return self

    def __or__(self, other):
        return self

    def __call__(self, kind, value=None):
        return value


Any = Callable = Literal = Iterable = Iterator = Sequence = Mapping = Awaitable = cast = _Kind()
TYPE_CHECKING = False


class Protocol:
    pass
