"""What a piece of a reader's source stands for, told without running any of the reader's code (decision 0032).

Names, attributes, items of builtin collections and what a call returns by its annotation are followed. Of a value that
is there it is the value; of what a call would make it is the class.
"""

import ast
import builtins
import functools
import inspect
import sys
import types
import typing
from typing import Any

COLLECTIONS = (dict, list, str, tuple)
"""What is indexed; not their subclasses, whose indexing may be a reader's."""

LITERALS: dict[type[ast.expr], type] = {
    ast.Dict: dict,
    ast.DictComp: dict,
    ast.JoinedStr: str,
    ast.List: list,
    ast.ListComp: list,
    ast.Set: set,
    ast.SetComp: set,
    ast.Tuple: tuple,
}

MADE: dict[str, type] = {
    **dict.fromkeys(("input", "repr", "str.join", "str.replace", "str.strip", "str.lstrip", "str.rstrip"), str),
    **dict.fromkeys(("str.format", "str.lower", "str.upper", "str.title", "str.capitalize", "bytes.decode"), str),
    **dict.fromkeys(("sorted", "str.split", "str.rsplit", "str.splitlines", "list.copy"), list),
    **dict.fromkeys(("len", "str.count", "str.find", "str.index"), int),
    "str.encode": bytes,
    "str.partition": tuple,
}
"""What builtin functions return that say nothing of it themselves."""

FIELDS = ("__static_attributes__", "__dataclass_fields__", "__pydantic_fields__")
"""Where a class says which attributes its instances will have."""

_mro: Any = type.__dict__["__mro__"].__get__
_own: Any = type.__dict__["__dict__"].__get__
"""A class's ancestors and its own names, past whatever its metaclass does about attributes."""

_METHODS = (types.FunctionType, types.MethodDescriptorType, types.WrapperDescriptorType)
_BOUND = (*_METHODS, staticmethod, classmethod, types.ClassMethodDescriptorType)
_SLOTS = (types.GetSetDescriptorType, types.MemberDescriptorType)
"""What gives an attribute by code of CPython's own: methods, and what lies in the instance."""

_PROPERTIES = (property, functools.cached_property)
"""What gives one by a function of the class."""


class Known:
    """A value that is there."""

    def __init__(self, value: Any) -> None:
        self.value = value

    @property
    def kind(self) -> type[Any]:
        """Its class."""
        return type(self.value)  # pyright: ignore[reportUnknownVariableType]


class Made:
    """An instance of the class `kind` that a call would make."""

    def __init__(self, kind: type[Any]) -> None:
        self.kind = kind


def infer(text: str, namespace: dict[str, Any]) -> Known | Made | None:
    """Return what the expression `text` stands for among the names of `namespace`; None where that cannot be told."""
    return _infer(ast.parse(text.strip(), mode="eval").body, namespace)


def callee(text: str, namespace: dict[str, Any]) -> tuple[Known | Made | None, bool]:
    """Return what the expression `text`, which is called, stands for, and whether it has its `self`, if it wants one.

    A method of an instance that a call would make has none.
    """
    node = ast.parse(text.strip(), mode="eval").body
    if not isinstance(node, ast.Attribute):
        return _infer(node, namespace), True
    owner = _infer(node.value, namespace)
    if not isinstance(owner, Made):
        return owner and attribute(owner, node.attr), True
    lies = inspect.getattr_static(owner.kind, node.attr, None)
    return attribute(owner, node.attr), type(lies) not in _METHODS


def attributes(found: Known | Made) -> set[str]:
    """Return the names of the attributes of `found`.

    Of Python's own objects and a package's `dir` tells them; a `__dir__` of the reader's is not asked.
    """
    subject = _subject(found)
    if isinstance(found, Known) and _installed(subject):
        return set(dir(found.value))
    names = {name for kind in _mro(subject) for name in _own(kind)}
    if isinstance(found, Made):
        return names.union(*[_own(kind).get(said, ()) for kind in _mro(subject) for said in FIELDS])
    kept: Any = None if subject is found.value else inspect.getattr_static(found.value, "__dict__", None)
    return names.union(kept.__get__(found.value) if type(kept) is types.GetSetDescriptorType else ())


def attribute(owner: Known | Made, name: str) -> Known | Made | None:
    """Return what an attribute of `owner` is; a property of a reader's class by its annotation."""
    if isinstance(owner, Known) and _installed(_subject(owner)):
        return Known(getattr(owner.value, name))
    above = isinstance(owner, Known) and _subject(owner) is owner.value
    holder = next((each for each in _mro(_subject(owner)) if name in _own(each)), None)
    found: Any = _own(holder)[name] if holder else None
    if isinstance(owner, Known):
        kept = inspect.getattr_static(owner.value, name)
        if above or kept is not found:
            return Known(kept.__get__(None, owner.value) if type(kept) in _BOUND else kept)
    if type(found) in _BOUND:
        return Known(found.__get__(owner.value if isinstance(owner, Known) else None, owner.kind))
    if issubclass(type(found), _PROPERTIES):
        return _returned(found.fget if issubclass(type(found), property) else found.func, owner.kind)
    if type(found) in _SLOTS:
        return Known(found.__get__(owner.value, owner.kind)) if isinstance(owner, Known) else None
    value = Known(found)
    if not holder or inspect.getattr_static(value.kind, "__get__", None):
        return None
    return value if isinstance(owner, Known) else Made(value.kind)


def _infer(node: ast.expr, namespace: dict[str, Any]) -> Known | Made | None:
    if type(node) in LITERALS:
        return Made(LITERALS[type(node)])
    if isinstance(node, ast.Constant):
        return Known(node.value)
    if isinstance(node, ast.Name):
        return Known(namespace[node.id] if node.id in namespace else vars(builtins)[node.id])
    if isinstance(node, ast.Attribute):
        owner = _infer(node.value, namespace)
        return owner and attribute(owner, node.attr)
    if isinstance(node, ast.Subscript):
        owner = _infer(node.value, namespace)
        return owner and _item(owner, node.slice)
    waits = isinstance(node, ast.Await)
    call = node.value if isinstance(node, ast.Await) else node
    if isinstance(call, ast.Call):
        if isinstance(call.func, ast.Attribute):
            receiver = _infer(call.func.value, namespace)
            called = receiver and attribute(receiver, call.func.attr)
        else:
            receiver, called = None, _infer(call.func, namespace)
        return _call(called, receiver, waits) if isinstance(called, Known) else None
    return None


def _item(owner: Known | Made, at: ast.expr) -> Known | Made | None:
    """Return the item of a builtin collection at a constant place."""
    if owner.kind not in COLLECTIONS:
        return None
    if isinstance(at, ast.Slice):
        return Made(owner.kind)
    if owner.kind is str:
        return Made(str)
    key = ast.literal_eval(at)
    if isinstance(owner, Made) or type(key) not in (str, bytes, int, float, bool, type(None)):
        return None
    if owner.kind is dict:  # looking it up might ask a reader's own key whether it is equal
        return next(
            (Known(value) for each, value in owner.value.items() if type(each) is type(key) and each == key), None
        )
    return Known(owner.value[key])


def _call(called: Known, receiver: Known | Made | None, waits: bool) -> Made | None:
    """Return what a call makes, of an attribute of `receiver` if there is one; `waits` says whether it is awaited."""
    function = called.value
    if issubclass(called.kind, type):
        return None if waits or function is type else Made(function)
    if called.kind is types.MethodType:
        receiver, function = Known(function.__self__), function.__func__
    if type(function) is types.FunctionType:
        asynchronous = bool(function.__code__.co_flags & inspect.CO_COROUTINE)
        return _returned(function, receiver and _subject(receiver)) if asynchronous is waits else None
    if type(function) in (types.BuiltinFunctionType, types.MethodDescriptorType) and not waits:
        made = MADE.get(function.__qualname__)
        return made and Made(made)
    return None


def _returned(function: Any, own: type | None) -> Made | None:
    """Return what a function returns by its annotation, which may be `Self`, the class `own`."""
    if type(function) is not types.FunctionType:
        return None
    said = inspect.signature(function, **AS_WRITTEN).return_annotation
    if isinstance(said, str):
        return _annotated(ast.parse(said, mode="eval").body, inspect.unwrap(function).__globals__, own)
    return Made(said) if issubclass(type(said), type) and said is not inspect.Signature.empty else None


def _annotated(node: ast.expr, names: dict[str, Any], own: type | None) -> Made | None:
    """Return what an annotation stands for: of alternatives the first that is not None, of `list[Cup]` the list."""
    if isinstance(node, ast.Constant):
        return _annotated(ast.parse(node.value, mode="eval").body, names, own) if isinstance(node.value, str) else None
    if isinstance(node, ast.BinOp):
        return _annotated(node.left, names, own) or _annotated(node.right, names, own)
    if isinstance(node, ast.Subscript):
        outer = _infer(node.value, names)
        inner = node.slice.elts[0] if isinstance(node.slice, ast.Tuple) else node.slice
        through = isinstance(outer, Known) and any(
            outer.value is each for each in (typing.Optional, typing.Union, typing.Annotated)
        )
        return _annotated(inner if through else node.value, names, own)
    found = _infer(node, names)
    if not isinstance(found, Known):
        return None
    if found.value is getattr(typing, "Self", None):
        return own and Made(own)
    kind = typing.get_origin(found.value) or found.value  # typing.List is no class
    return Made(kind) if issubclass(type(kind), type) else None


def _subject(found: Known | Made) -> type[Any]:
    """Return the class whose code decides about the attributes of `found`: itself, where it is one."""
    return found.value if isinstance(found, Known) and issubclass(found.kind, type) else found.kind


def _installed(kind: type) -> bool:
    """Return whether a class is Python's own or an installed package's, and not of a sample."""
    said = _own(kind).get("__module__", "builtins")
    root = said.partition(".")[0] if type(said) is str else ""
    return root in sys.stdlib_module_names or "site-packages" in str(getattr(sys.modules.get(root), "__file__", ""))


AS_WRITTEN: dict[str, Any] = {}
if sys.version_info >= (3, 14):
    import annotationlib

    AS_WRITTEN["annotation_format"] = annotationlib.Format.STRING
"""Annotations are not evaluated."""
