"""The tags and their attributes as the code has them; only a browser can import the modules themselves."""

import ast
import re

from readerly.code_sample.attributes import KINDS

from .documentation import ROOT, read

CSS = read("widgets/readerly/css/widgets.css")


def tags() -> dict[str, tuple[str, str]]:
    """Return the registry in start.py: module and class by tag."""
    nodes = ast.parse(read("widgets/readerly/start.py")).body
    (registry,) = [
        node.value for node in nodes if isinstance(node, ast.Assign) and "REGISTRY" in ast.unparse(node.targets[0])
    ]
    return ast.literal_eval(registry)


TAGS = tags()


def attributes(tag: str) -> set[str]:
    """Return the attributes of `tag` that its Python reads or sets, or that its styles know, but for `live`."""
    module, kind = TAGS[tag]
    tree = ast.parse((ROOT / "widgets" / f"{module.replace('.', '/')}.py").read_text(encoding="utf-8"))
    kinds = {node.name: node for node in tree.body if isinstance(node, ast.ClassDef)}
    bases = {ast.unparse(base) for base in kinds[kind].bases}
    source = "\n".join(ast.unparse(node) for name, node in kinds.items() if name == kind or name in bases)
    asked = re.findall(r"self\.(?:attribute|_number|tag\.hasAttribute)\('([\w-]+)'\)", source)
    told = re.findall(r"self\.tag\.(?:setAttribute|toggleAttribute)\('([\w-]+)'", source)
    styled = re.findall(rf"(?<![\w-]){tag}(?::not\()?\[([\w-]+)", CSS)
    written = KINDS if tag == "code-sample" else ()
    return {*asked, *told, *styled, *written} - {"live"}
