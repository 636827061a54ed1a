"""What a value shows of itself beside its `repr`: `display`, the methods of notebooks, figures of Matplotlib."""

import base64
import io
import json
import os
import re
import sys
from typing import Any

from .output import Outlet, cut

TYPES = {
    "_repr_html_": "text/html",
    "_repr_svg_": "image/svg+xml",
    "_repr_png_": "image/png",
    "_repr_jpeg_": "image/jpeg",
    "_repr_markdown_": "text/markdown",
    "_repr_latex_": "text/latex",
    "_repr_json_": "application/json",
}
"""The methods of IPython's display protocol, the best first, and the media types of what they return."""

PLAIN = "text/plain"

DRAWING = re.compile(r"\s*(<\?xml[^>]*>\s*)?<svg[\s>].*</svg>\s*", re.DOTALL)
"""A text that is a drawing, such as a program that draws by `print` makes."""

LONGEST = 2_000_000
"""Characters of what one value shows; of a larger one only its `repr` is shown."""

MOST = 50
"""Values of one run that are shown richly; of more only the `repr` is."""

RESULT = 20_000
"""Characters of a `repr` that are shown."""

_outlets: list[Outlet] = []
_shown: list[int] = [0]


def begin(outlet: Outlet) -> None:
    """Have the next run show what it displays through `outlet`."""
    _outlets[:] = [outlet]
    _shown[0] = 0
    os.environ.setdefault("MPLBACKEND", f"module://{__package__}.figures")


def _text(value: Any, kind: str) -> str:
    if isinstance(value, bytes | bytearray):
        data = bytes(value)
        return base64.b64encode(data).decode() if kind in ("image/png", "image/jpeg") else data.decode()
    if kind == "application/json" and not isinstance(value, str):
        return json.dumps(value, indent=2, ensure_ascii=False, default=repr)
    return "".join(value.split()) if kind in ("image/png", "image/jpeg") else str(value)


def _figure(value: Any) -> str | None:
    """Return a figure of Matplotlib's as PNG in base64."""
    module = sys.modules.get("matplotlib.figure")
    if module is None or not isinstance(value, module.Figure):
        return None
    held = io.BytesIO()
    value.savefig(held, format="png", bbox_inches="tight")
    return base64.b64encode(held.getvalue()).decode()


def _first(said: Any) -> Any:
    """Return what a method means that may also return metadata beside it."""
    return said[0] if isinstance(said, tuple) else said  # pyright: ignore[reportUnknownVariableType]


def _said(value: Any) -> dict[str, Any]:
    """Return what the methods of `value` return, by media type. A class has its instances' methods, and says none."""
    if isinstance(value, type):
        return {}
    found: dict[str, Any] = {}
    if callable(method := getattr(value, "_repr_mimebundle_", None)):
        found.update(_first(method(include=None, exclude=None)) or {})
    for name, kind in TYPES.items():
        if kind not in found and callable(method := getattr(value, name, None)):
            found[kind] = _first(method())
    return {kind: each for kind, each in found.items() if each is not None}


def bundle(value: Any) -> dict[str, str]:
    """Return the best that `value` shows of itself and its `repr`, by media type; only the `repr` where it has no more.

    What its methods raise goes on to the sample.
    """
    plain = {PLAIN: cut(repr(value), RESULT)}
    if figure := _figure(value):
        return {"image/png": figure, **plain}
    if type(value) is str and len(value) <= LONGEST and DRAWING.fullmatch(value):
        return {"image/svg+xml": value, **plain}
    said = _said(value)
    for kind in TYPES.values():
        if kind in said:
            text = _text(said[kind], kind)
            return {kind: text, **plain} if len(text) <= LONGEST else plain
    return plain


def show(value: Any) -> str:
    """Show `value` richly, and return ""; where it has only its `repr`, return that."""
    said = bundle(value)
    if len(said) == 1 or _shown[0] >= MOST:
        return said[PLAIN]
    _shown[0] += 1
    _outlets[-1].flush()
    _outlets[-1].say("rich", json.dumps(said))
    return ""


def display(*values: Any) -> None:
    """Show `values` in the output, in the middle of a run, each as the last one of a sample would be. A builtin."""
    for value in values:
        text = show(value)
        if text := value if text and type(value) is str else text:
            _outlets[-1].write("stdout", text + "\n")


def show_figures() -> list[int]:
    """Show and close the figures of pyplot that are open, and return their `id`s."""
    helpers = sys.modules.get("matplotlib._pylab_helpers")
    if helpers is None:
        return []
    figures = [manager.canvas.figure for manager in helpers.Gcf.get_all_fig_managers()]
    helpers.Gcf.destroy_all()
    for figure in figures:
        display(figure)
    return [id(figure) for figure in figures]
