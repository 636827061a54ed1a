"""main.py carries every module of the browser half, as it was but for what only people read."""

import ast
import json
import re
import subprocess
from collections.abc import Iterable
from pathlib import Path

import pytest

from readerly_site import shipped
from readerly_site.bundle import LATER, bundle, later, needs, strip
from readerly_site.runtime import Runtime

MODULES = sorted(shipped.widgets().rglob("*.py"))


class Unannotated(ast.NodeTransformer):
    """Takes annotations away."""

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.stmt:
        if node.value is None:
            return ast.copy_location(ast.Pass(), node)
        return ast.copy_location(ast.Assign([self.visit(node.target)], self.visit(node.value), None), node)

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_AsyncFunctionDef(self, node: ast.AsyncFunctionDef) -> ast.AST:
        node.returns = None
        return self.generic_visit(node)

    def visit_arg(self, node: ast.arg) -> ast.arg:
        node.annotation = None
        return node


def statements(source: str) -> list[tuple[str, int]]:
    """Return what a module consists of, with line numbers; strings that stand alone and annotations are left out."""
    tree = Unannotated().visit(ast.parse(source))
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.stmt) and isinstance(body := getattr(node, "body", None), list):
            body[:] = [
                each
                for each in body
                if not isinstance(each, ast.Pass)
                and not (isinstance(each, ast.ImportFrom) and each.module == "typing")
                and not (isinstance(each, ast.Expr) and isinstance(each.value, ast.Constant))
            ]
    return [(ast.dump(node), getattr(node, "lineno", 0)) for node in ast.walk(tree)]


@pytest.mark.parametrize("file", MODULES, ids=lambda file: file.relative_to(shipped.widgets()).as_posix())
def test_stripping_keeps_what_runs_and_where_it_stands(file):
    source = file.read_text(encoding="utf-8")
    assert statements(strip(source)) == statements(source)


def test_stripping_takes_what_only_people_read():
    source = '"""Manual."""\n\nHEARTS = "♥"  # why\n"""Doc,\nof two lines."""\n\ndef f():  # é\n    """Only this."""\n'
    assert strip(source) == '\n\nHEARTS="♥"\n\n\n\ndef f():\n pass\n'


def test_stripping_takes_annotations():
    head = "from typing import Any\ndef f(a: int, *b: str, c: float | None = None) -> list[int]:\n"
    assert (
        strip(head + "    x: int = 1\n    y: str\n    return x\n") == "\ndef f(a,*b,c=None):\n x=1\n pass\n return x\n"
    )


@pytest.mark.parametrize(
    ("source", "stripped"),
    [
        ("class A:\n    x: int = (\n        1\n    )\n", "class A:\n x=(\n  1\n )\n"),
        (
            "class A:\n    x: dict[\n        str, int  # (why\n    ] = {}\n    y = 1\n",
            "class A:\n x\\\n\\\n={}\n y=1\n",
        ),
        ("class A:\n    x: dict[\n        str, int\n    ]\n    y = 1\n", "class A:\n pass\n\n\n y=1\n"),
        ("x: (\n    int | str\n) = 1\n", "x\\\n\\\n=1\n"),
        ("def f() -> dict[\n    str, int\n]:\n    pass\n", "def f()\\\n\\\n:\n pass\n"),
        ("from typing import (\n    Any,\n)  # why\nx = 1\n", "\n\n\nx=1\n"),
        ("def f(\n    a: (\n        int\n    ) = 1,\n) -> (\n    int  # )\n):\n    pass\n", None),
    ],
)
def test_stripping_takes_annotations_that_are_wrapped(source, stripped):
    assert stripped in (strip(source), None)
    compile(strip(source), "m", "exec")
    assert strip(source).count("\n") == source.count("\n")
    assert statements(strip(source)) == statements(source)


@pytest.mark.parametrize(
    ("source", "stripped"),
    [
        ("x = a if b else c\n", "x=a if b else c\n"),
        ("x = not a and -b or 'c'\n", "x=not a and-b or'c'\n"),
        ("x = 1 if y else 2 .real\n", "x=1 if y else 2 .real\n"),
        ("x = f'{a} {b!r} {c:>{d}}'\n", "x=f'{a} {b!r} {c:>{d}}'\n"),
        ("for x, y in ('a', 'b'):\n    pass\n", "for x,y in('a','b'):\n pass\n"),
        ("x = [\n    a,\n    b,\n]\n", "x=[\n a,\n b,\n]\n"),
    ],
)
def test_stripping_takes_space_that_means_nothing(source, stripped):
    assert strip(source) == stripped


def full(names: Iterable[str]) -> set[str]:
    """Return the full names of modules, by their paths in the package."""
    return {"readerly." + name.removesuffix(".py").replace("/", ".") for name in names}


def test_nothing_imports_what_comes_later():
    """An import would fail in the page, where their file is not there yet; they may import what came before."""
    paths = [file.relative_to(shipped.widgets()).as_posix() for file in MODULES]
    files = [[path for path in paths if not any(path in names for names in LATER.values())], *LATER.values()]
    for at, group in enumerate(files):
        late = full(name for names in files[at + 1 :] for name in names)
        for path in group:
            for node in ast.walk(ast.parse((shipped.widgets() / path).read_text(encoding="utf-8"))):
                if isinstance(node, ast.ImportFrom):
                    imported = {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
                    assert not imported & late, path


def test_what_comes_later_is_in_its_own_file():
    package = shipped.widgets()
    texts = {"main.py": bundle(package), **later(package)}
    assert list(texts) == ["main.py", "running.py", "later.py"]
    for file, names in LATER.items():
        for name in names:
            assert [each for each, text in texts.items() if f"#: readerly/{name}\n" in text] == [file]


def test_what_comes_later_says_what_is_to_be_imported_first():
    """Of its own file or an earlier one; what comes with the page is imported already."""
    seen: set[str] = set()
    for file, text in later(shipped.widgets()).items():
        own = full(LATER[file])
        seen |= own
        asked = json.loads(text.partition("\n")[0])
        assert set(asked) <= own
        assert {each for names in asked.values() for each in names} <= seen
    assert "readerly.code_sample.signature" in asked["readerly.code_sample.editor"]


def test_stripping_leaves_strings_that_mean_something():
    text = '"""# not a comment\n        kept as it is  \n"""'
    source = f'if x:\n    x = {text}\n    f("doc")\n    y = [\n        "é",  # gone\n        "# stays",\n    ]\n'
    assert strip(source) == f'if x:\n x={text}\n f("doc")\n y=[\n  "é",\n  "# stays",\n ]\n'
    assert statements(strip(source)) == statements(source)


def test_the_sandbox_travels_by_itself():
    text = bundle(shipped.widgets())
    assert "readerly/page/markup.py" in text
    assert "code_sample/sandbox" not in text


LAID = """
import { readFileSync } from "node:fs";
globalThis.document = { defaultView: globalThis };
const { loadMicroPython } = await import(process.argv[1]);
const python = await loadMicroPython();
python.registerJsModule("polyscript", { config: { readerly: {} } });
python.registerJsModule("polyscript.js_modules", { guard: {} });
const [program, ...modules] = readFileSync(process.argv[2], "utf8").split(/^#: (.+)\\n/m);
for (let i = 0; i < modules.length; i += 2) {
  if (modules[i].endsWith("/__init__.py")) python.FS.mkdir(modules[i].slice(0, -"/__init__.py".length));
  python.FS.writeFile(modules[i], modules[i + 1]);
}
"""
"""Lays main.py's modules as boot.mjs does."""


def run_in_micropython(node: str, runtime: Runtime, tmp_path: Path, script: str) -> str:
    """Return what `script`, in JavaScript, prints where main.py is laid and its `program` not run yet."""
    main = tmp_path / "main.py"
    main.write_text(bundle(shipped.widgets()), encoding="utf-8")
    loader = (runtime.folder / "micropython/micropython.mjs").as_uri()
    command = [node, "--input-type=module", "-e", f"{LAID}{script}\nprocess.exit(0);", loader, str(main)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_micropython_finds_the_modules_in_it(tmp_path, runtime, node):
    asks = (
        "from readerly.page import markup\n"
        "print(markup.to_html(markup.h('p', {'class': 'a'}, '1 < 2')), markup.__file__)\n"
        "try:\n    markup.to_html(markup.Element('p', None, ()))\n"
        "except Exception as error:\n    import sys\n    sys.print_exception(error)\n"
    )
    said = run_in_micropython(node, runtime, tmp_path, f"python.runPython({json.dumps(asks)});")
    assert '<p class="a">1 &lt; 2</p> readerly/page/markup.py' in said
    source = Path(shipped.widgets() / "page/markup.py").read_text(encoding="utf-8").splitlines()
    line = 1 + next(number for number, text in enumerate(source) if "for key in sorted(attributes)" in text)
    assert f'File "readerly/page/markup.py", line {line}, in shown' in said  # traceback tells the source's lines


def test_each_step_of_the_start_imports_one_module(tmp_path, runtime, node):
    """An import that imports others is one long task, on whatever device."""
    watch = """
import sys
known = []
def imported(step):
    new = [name for name in sys.modules if name.startswith("readerly") and name not in known]
    known.extend(new)
    print(step, *[name for name in new if not sys.modules[name].__file__.endswith("__init__.py")])
def steps(needs):
    from readerly.page.modules import Modules
    modules = Modules(needs, __import__)
    for module, _ in sorted(readerly.start.REGISTRY.values()):
        for _ in modules.importing(module):
            imported("step")
"""
    script = f"""
python.runPython({json.dumps(watch)});
const lines = program.trim().split("\\n"), last = lines.pop();
for (const line of lines) python.runPython(line + "\\nimported('line')");
python.runPython("readerly.start.start = steps");
python.runPython(last);
"""
    steps = [line.split() for line in run_in_micropython(node, runtime, tmp_path, script).splitlines()]
    assert [step for step in steps if len(step) > 2] == []
    imported = [step[1] for step in steps if len(step) == 2]
    assert imported.index("readerly.start") < imported.index("readerly.page.widget")
    assert {"readerly.read_time.tag", "readerly.code_sample.tag", "readerly.hearts.tag"} <= set(imported)


@pytest.mark.parametrize("text", [bundle(shipped.widgets()), *later(shipped.widgets()).values()])
def test_the_line_before_a_module_stands_nowhere_else(text):
    assert not text.startswith("#: ")
    laid = [line for line in text.split("\n") if line.startswith("#: ")]
    assert laid == [line for line in laid if re.fullmatch(r"#: readerly(/\w+)+\.py", line)]
    assert len(laid) == len(set(laid))


def test_needs_are_what_is_imported_at_once():
    files = {
        "a/__init__.py": "",
        "a/b.py": "import json\nfrom a import c\nfrom a.d import e\nfrom typing import Any\n",
        "a/c.py": "def f():\n    from a import b\n",
        "a/d.py": "from a.c import f\n",
    }
    assert needs(files) == {"a.b": ["a", "a.c", "a.d"], "a.d": ["a.c"]}
