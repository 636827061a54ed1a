"""The demo site's article on samples shows every attribute there is, each on a sample that runs."""

import ast

import pytest

from readerly.code_sample.attributes import KINDS
from readerly_site import lock
from readerly_site.samples import parse

from .documentation import ROOT, fences, section

ARTICLE = "site/articles/code-samples.md"
SAMPLES = [fence for fence in fences(ROOT / ARTICLE) if fence.info.split()[1:2] == ["run"]]


@pytest.mark.parametrize("attribute", KINDS)
def test_each_attribute_has_a_live_example_in_a_section_of_its_own(attribute: str) -> None:
    assert section(ARTICLE, f"`{attribute}`").strip(), "say what it is for"
    assert [fence for fence in SAMPLES if attribute in parse(fence.info).attributes], attribute


def test_the_example_of_packages_imports_one_that_is_locked() -> None:
    (sample,) = [fence for fence in SAMPLES if "packages" in parse(fence.info).attributes]
    asked = [node.module for node in ast.walk(ast.parse(sample.text)) if isinstance(node, ast.ImportFrom)]
    assert set(asked) & {name for package in lock.load(ROOT / "site").packages.values() for name in package.imports}
