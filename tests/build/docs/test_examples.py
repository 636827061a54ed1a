"""Every example builds, loads, runs, or is accepted by the program it is for."""

import asyncio
import builtins
import json
import re
import shlex
import subprocess
import sys
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
import typer
from markdown_it import MarkdownIt
from starlette.testclient import TestClient

from readerly.code_sample.sandbox import runner
from readerly_site import cli, config, samples

from ..conftest import BuildSite, MakeSite
from .documentation import FENCES, Fence, each_fence, name, read
from .registry import TAGS, attributes

LANGUAGES = {"", "css", "html", "markdown", "python", "sh", "toml"}
"""What fences of the documentation are written in; those without a language are not for any program."""


def test_every_example_is_looked_at() -> None:
    assert {fence.info for fence in FENCES} == LANGUAGES


async def unasked(kind: str, text: str) -> str:
    raise AssertionError(f"nobody answers {kind} here: {text}")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Any:
    """A function that runs a sample's source as the sandbox does, and returns what it said."""
    monkeypatch.setitem(sys.modules, "__main__", sys.modules["__main__"])
    monkeypatch.setattr(builtins, "input", builtins.input)
    monkeypatch.setattr(runner, "sessions", {})

    def of(source: str, session: str | None) -> list[str]:
        said: list[str] = []
        request = json.dumps({"source": source, "name": "sample.py", "session": session})
        ok = asyncio.run(runner.run(request, lambda kind, text, line=None: said.append(kind), unasked))
        assert ok, said
        return said

    return of


@each_fence("markdown")
def test_articles_build_and_their_samples_run(fence: Fence, build_site: BuildSite, run: Any) -> None:
    assert fence.text.startswith("---\n"), "an example of an article begins with its front matter"
    built = build_site({"example.md": fence.text}, drafts=True)
    tokens = [token for token in MarkdownIt("commonmark").parse(fence.text) if token.type == "fence"]
    running = [(samples.parse(token.info), token.content) for token in tokens if samples.parse(token.info).runs]
    assert built.articles[0].has_samples is bool(running)
    for about, source in running:
        assert run(source, about.attributes.get("session"))[:-1], "an example that runs shows something"


@each_fence("toml")
def test_configurations_load(fence: Fence, make_site: MakeSite) -> None:
    source = make_site().source
    (source / "readerly.toml").write_text(fence.text, encoding="utf-8")
    assert config.load(source).title


@each_fence("css")
def test_style_sheets_set_properties_that_there_are(fence: Fence) -> None:
    theme = read("site/readerly_site/theme/css/properties.css")
    properties = re.findall(r"--[\w-]+(?=:)", fence.text)
    assert properties
    assert all(f"{found}:" in theme for found in properties)


@each_fence("python")
def test_applications_answer_where_they_say(fence: Fence, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    space: dict[str, Any] = {}
    exec(compile(fence.text, name(fence.page), "exec"), space)
    prefix = re.search(r'Mount\("([^"]+)"', fence.text)
    assert prefix
    with TestClient(space["app"]) as client:
        assert client.get(f"{prefix[1]}/readyz").json() == {"status": "ready"}


class Tags(HTMLParser):
    """Collects the tags with a hyphen in their names, and their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, set[str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if "-" in tag:
            self.found.append((tag, {attribute for attribute, _ in attrs}))


@each_fence("html")
def test_html_uses_tags_and_attributes_that_there_are(fence: Fence) -> None:
    parser = Tags()
    parser.feed(fence.text)
    for tag, used in parser.found:
        assert tag in TAGS
        assert used <= attributes(tag)


@each_fence("sh")
def test_commands_are_accepted(fence: Fence) -> None:
    """Nothing is run but `--help`; each line is parsed by the program it is for."""
    for line in fence.text.splitlines():
        program, *arguments = shlex.split(line)
        ACCEPTED[program](arguments)


def make(arguments: list[str]) -> None:
    """Expect each target, and each variable that is set, in the Makefile."""
    makefile = read("Makefile")
    for word in arguments:
        variable, equals, _ = word.partition("=")
        assert f"$({variable})" in makefile if equals else re.search(rf"^{word}:", makefile, re.M), word


def readerly(arguments: list[str]) -> None:
    """Let the command parse its arguments."""
    commands: Any = typer.main.get_command(cli.app)
    commands.commands[arguments[0]].make_context(arguments[0], arguments[1:])


def uvicorn(arguments: list[str]) -> None:
    """Let uvicorn parse its options, and find the factory that is named."""
    command = [sys.executable, "-m", "uvicorn", *arguments, "--help"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert all(option in done.stdout for option in arguments if option.startswith("--"))
    (factory,) = [word for word in arguments if ":" in word]
    module, _, function = factory.partition(":")
    assert callable(getattr(__import__(module, fromlist=[function]), function))


ACCEPTED = {"make": make, "readerly": readerly, "uvicorn": uvicorn}
