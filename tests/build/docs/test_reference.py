"""The other reference pages name every key, option, variable and address there is, and none that is not."""

import ast
import re
import tomllib
from collections.abc import Iterator
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
import typer

from readerly.code_sample.sandbox.output import LIMIT as OUTPUT
from readerly.read_time.rates import words_per_minute
from readerly_site import cli, config, front_matter, policy, rich_page, samples, sandbox_page
from readerly_site.service import Settings, create_app
from readerly_site.service.api import MOST_PAGES
from readerly_site.service.bodies import LIMIT as BODY
from readerly_site.service.keys import SHORTEST
from readerly_site.service.known_pages import LONGEST

from .documentation import FENCES, PAGES, ROOT, fences, first_cells, name, named, read, section

ARTICLES, COMMANDS, SECURITY, SERVICE = (f"docs/{page}.md" for page in ("articles", "cli", "security", "service"))
GROUP: Any = typer.main.get_command(cli.app)
SITE = ROOT / "site/readerly_site"


def test_front_matter() -> None:
    assert first_cells(section(ARTICLES, "Front matter")) == set(front_matter.KEYS)


def test_fences() -> None:
    told = {word.partition("=")[0] for word in first_cells(section(ARTICLES, "Code"))}
    assert told == {"run", *samples.WORDS}
    assert set(samples.LANGUAGES) <= named(section(ARTICLES, "Code"))


def test_configuration() -> None:
    top, _, slots = section(ARTICLES, "`readerly.toml`").partition("| in `[ads.before]`")
    assert first_cells(top) == {*config.TEXT_KEYS, *(f"[ads.{slot}]" for slot in config.SLOTS)}
    assert first_cells(slots) == {field.name for field in fields(config.Ad)}


@pytest.mark.parametrize("key", [*config.TEXT_KEYS, *config.SLOTS])
def test_the_example_of_the_configuration_has_every_key(key: str) -> None:
    (example,) = [tomllib.loads(f.text) for f in FENCES if f.info == "toml" and name(f.page) == ARTICLES]
    assert key in example or key in example["ads"]


def test_commands() -> None:
    assert re.findall(r"^## `readerly (\w+)`$", read(COMMANDS), re.M) == list(GROUP.commands)


@pytest.mark.parametrize("command", GROUP.commands)
def test_options(command: str) -> None:
    text = section(COMMANDS, f"`readerly {command}`")
    within = getattr(GROUP.commands[command], "commands", {}).values()
    parameters = [found for each in (GROUP.commands[command], *within) for found in each.params]
    options = {word for found in parameters for word in (*found.opts, *found.secondary_opts) if word.startswith("-")}
    assert first_cells(text) == options - {"--help", "-h"}
    for argument in (found for found in parameters if found.param_type_name == "argument"):
        assert re.search(rf"`{argument.metavar}\b", text), argument.metavar


def test_options_of_every_command() -> None:
    top = named(read(COMMANDS).partition("## ")[0])
    options = {word for found in GROUP.params for word in found.opts}
    assert "--version" in options
    assert options | {"-h"} <= top | {"--help"}
    assert any(word.endswith(" --help") for word in top)


def variables(folder: Path) -> set[str]:
    """Return the environment variables that the code in `folder` names."""
    texts = [file.read_text(encoding="utf-8") for file in folder.rglob("*.py")]
    return {word for text in texts for word in re.findall(r"\bREADERLY_[A-Z_]+\b", text)}


def test_environment_variables() -> None:
    assert first_cells(section(SERVICE, "Running it")) == variables(SITE / "service")
    told = {word for page in PAGES for word in re.findall(r"\bREADERLY_[A-Z_]+\b", page.read_text(encoding="utf-8"))}
    assert told == variables(SITE)


def test_addresses(tmp_path: Path) -> None:
    app = create_app(Settings(f"sqlite:///{tmp_path}/hearts.sqlite3", pages=tmp_path / "pages.json"))
    there: set[str] = set()
    outer: Any
    for outer in app.routes:
        for route in outer.routes if hasattr(outer, "routes") else [outer]:
            path = route.path if route is outer else outer.path + route.path
            there |= {f"{method} {path}" for method in route.methods - {"HEAD"}}
    assert {word.partition("?")[0] for word in first_cells(section(SERVICE, "API"))} == there


def test_policies() -> None:
    quoted = [fence.text.strip() for fence in fences(ROOT / SECURITY)]
    framed = [page.POLICY.replace("{digest}", "…") for page in (sandbox_page, rich_page)]
    assert quoted == [*framed, policy.page_policy()]


def test_frame_of_an_advertisement() -> None:
    (sandbox,) = re.findall(r'sandbox="([^"]+)"', read("site/readerly_site/theme/templates/article.html"))
    assert f"`Content-Security-Policy: sandbox {sandbox}`" in read(SECURITY)
    assert f'`<iframe sandbox="{sandbox}">`' in read(
        "docs/decisions/0006-advertisements-are-files-in-sandboxed-frames.md"
    )


@pytest.mark.parametrize(
    ("page", "says", "value"),
    [
        ("docs/tags.md", "up to {:,} characters", OUTPUT),
        ("docs/tags.md", "({} a minute in English)", words_per_minute("en")),
        (SECURITY, "up to {:,} characters", OUTPUT),
        (SERVICE, "up to {} paths", MOST_PAGES),
        (SERVICE, "may have {:,} bytes", BODY),
        (SERVICE, "a path {} characters", LONGEST),
        (SERVICE, "at least {} characters", SHORTEST),
    ],
)
def test_numbers(page: str, says: str, value: int) -> None:
    assert says.format(value) in " ".join(read(page).split())


def stored(source: str) -> Iterator[str]:
    """Yield the keys under which a module of the browser half keeps something, as far as they stand in it."""
    tree = ast.parse(source)
    names = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args):
        if isinstance(call.func, ast.Attribute) and call.func.attr.lstrip("_") in ("recall", "remember"):
            key = call.args[0].left if isinstance(call.args[0], ast.BinOp) else call.args[0]
            found = names.get(key.id) if isinstance(key, ast.Name) else getattr(key, "value", None)
            if isinstance(found, str):
                yield found


def test_what_a_browser_keeps() -> None:
    modules = sorted((ROOT / "widgets/readerly").rglob("*.py"))
    sources = [module.read_text(encoding="utf-8") for module in modules if module.name != "storage.py"]
    kept = {key for source in sources for key in stored(source)}
    assert first_cells(section(SECURITY, "Readers")) == {*kept, "lease:"}
