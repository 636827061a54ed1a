"""The command: what it makes, and the one sentence it says when something is wrong."""

import re
import shutil
import socket
import subprocess
import sys
import venv
from importlib.metadata import version
from pathlib import Path

import pytest

from readerly_site import cli, shipped
from readerly_site.config import load
from readerly_site.hosting import Host, configuration

ROOT = Path(__file__).parents[2]


@pytest.fixture
def readerly(monkeypatch, capsys):
    """A function that runs the command and returns its exit status, output and errors."""

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["readerly", *map(str, arguments)])
        status = 0
        try:
            cli.main()
        except SystemExit as left:
            status = int(left.code or 0)
        said = capsys.readouterr()
        return status, said.out, said.err

    return run


@pytest.fixture
def site(tmp_path, readerly, monkeypatch):
    """A new site in the working directory."""
    monkeypatch.chdir(tmp_path)
    readerly("new", "notes")
    return tmp_path / "notes"


def one_sentence(error: str) -> bool:
    return error.count("\n") == 1 and "Traceback" not in error


def test_a_new_site_builds(site, readerly, tree):
    status, said, error = readerly("build", "notes", "-o", "out")
    assert (status, error) == (0, "")
    assert "Built 1 article into out" in said
    made = tree(site.parent / "out")
    assert {"index.html", "articles/first-article/index.html", "readerly/boot.mjs", "pages.json"} <= set(made)
    assert b"<code-sample" in made["articles/first-article/index.html"]


def test_two_builds_are_the_same(site, readerly, tree):
    readerly("build", "notes", "-o", "one")
    readerly("build", "notes", "-o", "two")
    assert tree(site.parent / "one") == tree(site.parent / "two")


def test_drafts_are_built_when_asked_for(site, readerly):
    article = site / "articles/first-article.md"
    article.write_text(article.read_text().replace("date:", "draft: true\ndate:"))
    assert "Built 0 articles" in readerly("build", "notes", "-o", "out")[1]
    assert "Built 1 article " in readerly("build", "notes", "-o", "out", "--drafts")[1]


@pytest.mark.parametrize("command", [["build", "-o", "out"], ["serve", "--port", "0"]])
def test_a_wrong_path_is_named(tmp_path, monkeypatch, readerly, command):
    monkeypatch.chdir(tmp_path)
    status, _, error = readerly(*command, "nowhere")
    assert status == 2
    assert error.startswith("nowhere: ")
    assert one_sentence(error)


@pytest.mark.parametrize("command", [["build", "-o", "out"], ["serve", "--port", "0"]])
def test_broken_front_matter_is_named_by_file_and_line(site, readerly, command):
    article = site / "articles/first-article.md"
    article.write_text(article.read_text().replace("date: 2026-01-31", "date: someday"))
    status, _, error = readerly(*command, "notes")
    assert status == 2
    assert error.startswith("notes/articles/first-article.md:4: ")
    assert one_sentence(error)


def test_a_failed_build_leaves_the_last_one(site, readerly, tree):
    readerly("build", "notes", "-o", "out")
    before = tree(site.parent / "out")
    (site / "articles/first-article.md").write_text("no front matter at all")
    assert readerly("build", "notes", "-o", "out")[0] == 2
    assert tree(site.parent / "out") == before
    assert sorted(file.name for file in site.parent.iterdir()) == ["notes", "out"]


@pytest.mark.parametrize("command", ["build", "export", "new"])
def test_a_folder_that_cannot_be_written_is_named(site, readerly, command):
    (site.parent / "file").write_text("")
    arguments = {"build": ["notes", "-o", "file/out"], "export": ["file/out"], "new": ["file/out"]}[command]
    status, _, error = readerly(command, *arguments)
    assert status == 2
    assert error.startswith("file/out")
    assert one_sentence(error)


def test_a_folder_of_something_else_is_not_replaced(site, readerly):
    (site.parent / "out").mkdir()
    (site.parent / "out/thesis.txt").write_text("years of work")
    status, _, error = readerly("build", "notes", "-o", "out")
    assert status == 2
    assert error.startswith("out: ")
    assert (site.parent / "out/thesis.txt").read_text() == "years of work"


def test_a_busy_port_is_told_before_the_build(site, readerly, monkeypatch):
    monkeypatch.setattr("readerly_site.serve.build", lambda *_, **__: pytest.fail("built first"))
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        status, _, error = readerly("serve", "notes", "--port", port)
    assert status == 2
    assert f"port {port}" in error
    assert "--port" in error
    assert one_sentence(error)


@pytest.mark.parametrize("host", ["203.0.113.7", "no.such.host.invalid"])
def test_a_host_that_is_not_here_is_named(site, readerly, host):
    status, _, error = readerly("serve", "notes", "--host", host, "--port", "0")
    assert status == 2
    assert host in error
    assert one_sentence(error)


def test_a_database_url_that_is_none_is_named(site, readerly):
    status, _, error = readerly("serve", "notes", "--port", "0", "--database", "hearts.db")
    assert status == 2
    assert "hearts.db" in error
    assert one_sentence(error)


def test_a_new_site_does_not_go_over_an_old_one(site, readerly):
    config = (site / "readerly.toml").read_text()
    (site / "readerly.toml").write_text(config + "# mine\n")
    status, _, error = readerly("new", "notes")
    assert status == 2
    assert error.startswith("notes: ")
    assert (site / "readerly.toml").read_text() == config + "# mine\n"


def test_an_export_is_the_folder_and_the_line(tmp_path, readerly, monkeypatch):
    monkeypatch.chdir(tmp_path)
    status, said, _ = readerly("export", "public")
    assert status == 0
    (line,) = re.findall(r'^    (<script type="module" src="(.*)"></script>)$', said, re.M)
    assert (tmp_path / "public" / line[1]).is_file()
    assert sorted(file.name for file in (tmp_path / "public").iterdir()) == ["readerly"]
    assert f"{line[0]}\n</head>" in said  # the example has it too


def test_an_export_replaces_an_export_and_nothing_else(tmp_path, readerly, tree):
    readerly("export", tmp_path)
    before = tree(tmp_path)
    (tmp_path / "readerly/old.mjs").write_text("of an earlier version")
    assert readerly("export", tmp_path)[0] == 0
    assert tree(tmp_path) == before
    shutil.rmtree(tmp_path / "readerly")
    (tmp_path / "readerly").mkdir()
    (tmp_path / "readerly/mine.txt").write_text("mine")
    status, _, error = readerly("export", tmp_path)
    assert status == 2
    assert "readerly: " in error
    assert tree(tmp_path) == {"readerly/mine.txt": b"mine"}


@pytest.mark.parametrize("host", Host)
def test_a_hosts_configuration_is_printed(site, readerly, host):
    status, said, error = readerly("hosting", host, "notes", "--root", "/srv/notes", "--service", "127.0.0.1:9000")
    assert (status, error) == (0, "")
    assert said == configuration(host, load(site), "/srv/notes", "127.0.0.1:9000")
    assert readerly("hosting", host)[:2] == (0, configuration(host, None))


def test_a_configuration_that_cannot_be_written_is_one_sentence(site, readerly):
    status, said, error = readerly("hosting", "nginx", "notes", "--root", "/srv/my notes")
    assert (status, said) == (2, "")
    assert one_sentence(error)


def test_the_version_is_the_distributions(readerly):
    assert readerly("--version")[:2] == (0, f"readerly {version('readerly')}\n")


@pytest.mark.parametrize("command", ["build", "serve", "new", "export", "hosting"])
def test_each_command_explains_itself_with_an_example(readerly, monkeypatch, command):
    monkeypatch.setenv("COLUMNS", "120")
    status, said, _ = readerly(command, "--help")
    assert status == 0
    assert f"Example: readerly {command}" in said
    assert command in readerly("--help")[1]


def test_a_built_wheel_builds_a_site(tmp_path, runtime):
    """The wheel in an environment of its own, which borrows the dependencies that are installed here."""

    def run(*command: object, cwd: Path = tmp_path) -> str:
        done = subprocess.run([*map(str, command)], cwd=cwd, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    run(*pip, "wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", tmp_path, ROOT)
    (wheel,) = tmp_path.glob("readerly-*.whl")
    home = tmp_path / "venv"
    venv.create(home, symlinks=True)
    python = home / "bin/python"
    run(*pip, "--python", python, "install", "--no-deps", "--no-index", wheel)
    installed = Path(run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))").strip())
    dependencies = Path(pytest.__file__).parents[1]
    (installed / "dependencies.pth").write_text(f"{dependencies}\n", encoding="utf-8")
    found = run(python, "-c", "import readerly, readerly_site; print(readerly.__file__, readerly_site.__file__)")
    assert all(Path(file).is_relative_to(installed) for file in found.split())
    run(home / "bin/readerly", "new", "notes")
    assert "Built 1 article" in run(home / "bin/readerly", "build", "notes", "-o", "out")
    boot = (tmp_path / "out/readerly/boot.mjs").read_text(encoding="utf-8")
    assert "__CONFIG__" not in boot
    assert (tmp_path / "out/readerly/NOTICE.txt").read_bytes() == shipped.root_file("NOTICE").read_bytes()
