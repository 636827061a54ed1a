"""docs/hosting.md names every host there is a configuration for, and the sizes of what is laid."""

import re
from pathlib import Path

import pytest

from readerly_site.assets import lay
from readerly_site.hosting import Host
from readerly_site.runtime import Runtime

from .documentation import read

PAGE = "docs/hosting.md"


@pytest.mark.parametrize("host", Host)
def test_hosts(host: Host) -> None:
    assert f"readerly hosting {host}" in read(PAGE)
    assert f"`{host}`" in read("docs/cli.md")


def test_sizes(tmp_path: Path, runtime: Runtime) -> None:
    """To the megabyte, and one more or less for what an interpreter's own release changes."""
    lay(tmp_path, runtime)
    found = {"": 0, ".zst": 0, ".br": 0, ".gz": 0}
    for file in (file for file in tmp_path.rglob("*") if file.is_file()):
        found[file.suffix if file.suffix in found else ""] += file.stat().st_size
    told = re.search(
        r"`readerly/` has (\d+) MB of files, (\d+) MB of `\.zst`, (\d+) MB of `\.br` and (\d+) MB of `\.gz`", read(PAGE)
    )
    assert told
    pairs = zip(map(int, told.groups()), found.values(), strict=True)
    assert [(said, size) for said, size in pairs if abs(said - size / 1e6) > 1] == []
