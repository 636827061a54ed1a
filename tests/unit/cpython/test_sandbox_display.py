import asyncio
import base64
import builtins
import json
import sys
import types

import pytest

from readerly.code_sample.sandbox import display, runner


@pytest.fixture
def run(monkeypatch):
    """A function that runs a sample and returns what was said, rich output as a dict by media type."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    monkeypatch.setattr(builtins, "input", builtins.input)
    monkeypatch.setattr(builtins, "display", None, raising=False)
    monkeypatch.delenv("MPLBACKEND", raising=False)

    async def unasked(kind, text):
        raise AssertionError(kind, text)

    def of(source):
        said = []
        request = json.dumps({"source": source, "name": "sample-1.py", "session": None})
        asyncio.run(runner.run(request, lambda kind, text, line=None: said.append((kind, text)), unasked))
        return [(kind, json.loads(text) if kind == "rich" else text) for kind, text in said if kind != "done"]

    return of


def shows(method, returned):
    repr = "    def __repr__(self):\n        return 'shown'\n"
    return f"class Shown:\n    def {method}(self, **options):\n        return {returned!r}\n{repr}\nShown()"


@pytest.mark.parametrize(
    ("method", "returned", "kind", "text"),
    [
        ("_repr_html_", "<b>x</b>", "text/html", "<b>x</b>"),
        ("_repr_svg_", "<svg/>", "image/svg+xml", "<svg/>"),
        ("_repr_png_", b"\x89PNG", "image/png", base64.b64encode(b"\x89PNG").decode()),
        ("_repr_png_", ("iVB\nOR", {"width": 3}), "image/png", "iVBOR"),
        ("_repr_jpeg_", b"\xff\xd8", "image/jpeg", base64.b64encode(b"\xff\xd8").decode()),
        ("_repr_markdown_", "# x", "text/markdown", "# x"),
        ("_repr_latex_", "$x$", "text/latex", "$x$"),
        ("_repr_json_", {"a": [1]}, "application/json", '{\n  "a": [\n    1\n  ]\n}'),
        ("_repr_mimebundle_", {"text/html": "<i>x</i>", "text/plain": "?"}, "text/html", "<i>x</i>"),
        ("_repr_mimebundle_", ({"image/svg+xml": "<svg/>"}, {}), "image/svg+xml", "<svg/>"),
    ],
)
def test_each_method_of_the_protocol(run, method, returned, kind, text):
    assert run(shows(method, returned)) == [("rich", {kind: text, "text/plain": "shown"})]


PICTURE = """
class Image:
    def __init__(self, *forms):
        self.forms = forms

    def _repr_png_(self):
        return b"png" if "png" in self.forms else None

    def _repr_jpeg_(self):
        return b"jpeg" if "jpeg" in self.forms else None

    def __repr__(self):
        return "<PIL.Image.Image image mode=RGB size=1x1>"

"""
"""What Pillow's images have: a method for each form, which returns None where the image cannot have it."""


@pytest.mark.parametrize(
    ("forms", "shown"),
    [(("png", "jpeg"), {"image/png": "cG5n"}), (("jpeg",), {"image/jpeg": "anBlZw=="}), ((), {})],
)
def test_a_picture_is_shown_in_the_best_form_it_has(run, forms, shown):
    repr = "<PIL.Image.Image image mode=RGB size=1x1>"
    wanted = [("rich", {**shown, "text/plain": repr})] if shown else [("result", repr)]
    assert run(f"{PICTURE}\nImage{forms}") == wanted


def test_a_method_that_returns_none_says_nothing(run):
    assert run(shows("_repr_html_", None)) == [("result", "shown")]


@pytest.mark.parametrize("source", ["text", "display(text)"])
def test_a_text_that_is_a_drawing_is_shown(run, source):
    drawing = "<svg width='9'><circle r='3'/></svg>"
    assert run(f"text = {drawing!r}\n{source}") == [("rich", {"image/svg+xml": drawing, "text/plain": repr(drawing)})]
    assert run("'<svg> is a tag'") == [("result", "'<svg> is a tag'")]
    assert run("display('<svg> is a tag')") == [("stdout", "<svg> is a tag\n")]


def test_a_class_is_shown_by_its_repr(run):
    assert run(shows("_repr_html_", "<b>x</b>").removesuffix("()"))[0][0] == "result"


def test_a_method_that_raises_is_an_error_of_the_sample(run):
    source = "class Odd:\n    def _repr_html_(self):\n        raise ValueError('odd')\n\nOdd()"
    ((kind, text),) = run(source)
    assert kind == "error"
    assert "line 3, in _repr_html_" in text
    assert "display.py" not in text


def test_display_shows_in_the_middle_of_a_run(run):
    source = (
        shows("_repr_html_", "<b>x</b>").removesuffix("Shown()") + "print('a')\ndisplay(Shown(), 1, 'text')\nprint('b')"
    )
    said = run(source)
    assert [kind for kind, _ in said if kind == "rich"] == ["rich"]
    at = [kind for kind, _ in said].index("rich")
    assert "".join(text for _, text in said[:at]) == "a\n"
    assert "".join(text for _, text in said[at + 1 :]) == "1\ntext\nb\n"


def test_of_many_values_the_later_ones_are_shown_by_their_repr(run):
    source = shows("_repr_html_", "<b>x</b>").removesuffix("Shown()") + "for _ in range(60): display(Shown())"
    kinds = [kind for kind, _ in run(source)]
    assert kinds.count("rich") == display.MOST


def test_what_is_too_long_is_shown_by_its_repr(run):
    repr = "    def __repr__(self):\n        return 'long'\n"
    source = "class Long:\n    def _repr_html_(self):\n        return 'x' * 3_000_000\n"
    assert run(f"{source}{repr}\nLong()") == [("result", "long")]


@pytest.fixture
def pyplot(monkeypatch):
    """What a sample can see of Matplotlib's figures: the real one is large, and not for Pyodide on PyPI."""

    class Figure:
        def savefig(self, file, **options):
            file.write(b"\x89PNG")

    open_figures = []
    gcf = types.SimpleNamespace(
        get_all_fig_managers=lambda: [
            types.SimpleNamespace(canvas=types.SimpleNamespace(figure=each)) for each in open_figures
        ],
        destroy_all=open_figures.clear,
    )
    monkeypatch.setitem(sys.modules, "matplotlib.figure", types.SimpleNamespace(Figure=Figure))
    monkeypatch.setitem(sys.modules, "matplotlib._pylab_helpers", types.SimpleNamespace(Gcf=gcf))

    def figure():
        open_figures.append(Figure())
        return open_figures[-1]

    stand_in = types.ModuleType("stand_in_pyplot")
    stand_in.figure = figure
    monkeypatch.setitem(sys.modules, "stand_in_pyplot", stand_in)
    return open_figures


def test_open_figures_are_shown_at_the_end_and_closed(run, pyplot):
    said = run("import stand_in_pyplot as plt\nplt.figure()\nplt.figure()\nprint('x')")
    assert [kind for kind, _ in said][-2:] == ["rich", "rich"]
    assert said[-1][1]["image/png"] == base64.b64encode(b"\x89PNG").decode()
    assert pyplot == []


def test_a_figure_that_is_the_last_value_is_shown_once(run, pyplot):
    assert [kind for kind, _ in run("import stand_in_pyplot as plt\nplt.figure()")] == ["rich"]


def test_plt_show_shows_at_once(run, pyplot):
    imports = "import stand_in_pyplot as plt\nfrom readerly.code_sample.sandbox import figures\n"
    source = f"{imports}plt.figure()\nfigures.show(block=True)\nprint('after')"
    assert next(kind for kind, _ in run(source)) == "rich"
    assert pyplot == []
