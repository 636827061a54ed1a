"""Siblings: the same bytes each time, where they are smaller, and as small as they are worth waiting for."""

import gzip
import random
from pathlib import Path

import brotli
import pytest

from readerly_site import compress
from readerly_site.compress import zstd
from readerly_site.headers import KINDS

TEXT = b"".join(b"line %d of a text that repeats itself\n" % number for number in range(2000))
NOISE = random.Random(1).randbytes(20_000)


def siblings(file: Path) -> dict[str, bytes]:
    return {other.suffix: other.read_bytes() for other in file.parent.iterdir() if other != file}


@pytest.mark.parametrize("once", [True, False])
def test_siblings_hold_the_same(tmp_path, once):
    file = tmp_path / "a" / "text.mjs"
    compress.write(file, TEXT, once=once)
    found = siblings(file)
    assert file.read_bytes() == brotli.decompress(found[".br"]) == gzip.decompress(found[".gz"]) == TEXT
    assert len(found[".br"]) < len(found[".gz"]) < len(TEXT)


def test_the_same_input_gives_the_same_bytes(tmp_path):
    for name in ("a.js", "b.js"):
        compress._remembered.cache_clear()
        compress.write(tmp_path / name / "x.js", TEXT, once=True)
    assert siblings(tmp_path / "a.js/x.js") == siblings(tmp_path / "b.js/x.js")


def test_a_large_file_has_one_that_is_unpacked_faster(tmp_path):
    """Its window is no larger than browsers take: 8 MB."""
    data = b"".join(b"%d %s\n" % (number, NOISE[number % 9000 :][:40]) for number in range(200_000))
    compress.write(tmp_path / "a.bin", data)
    found = siblings(tmp_path / "a.bin")
    assert zstd.decompress(found[".zst"]) == data
    assert zstd.get_frame_info(found[".zst"]).decompressed_size == len(data) > 8 << 20
    assert zstd.decompress(found[".zst"], options={zstd.DecompressionParameter.window_log_max: 23}) == data
    assert len(found[".zst"]) < len(found[".gz"])


def test_patience_makes_them_smaller(tmp_path):
    compress.write(tmp_path / "quick/x.js", TEXT)
    compress.write(tmp_path / "once/x.js", TEXT, once=True)
    quick, once = siblings(tmp_path / "quick/x.js"), siblings(tmp_path / "once/x.js")
    assert len(once[".gz"]) < len(quick[".gz"])
    assert once[".br"] == quick[".br"] == brotli.compress(TEXT, quality=11, lgwin=24)


@pytest.mark.parametrize(("name", "data"), [("a.zip", NOISE), ("a.bin", NOISE), ("a.whl", TEXT), ("a.png", TEXT)])
def test_what_does_not_shrink_has_none(tmp_path, name, data):
    compress.write(tmp_path / name, data, once=True)
    assert siblings(tmp_path / name) == {}


def test_a_gain_that_is_not_worth_a_file_makes_none(tmp_path):
    data = NOISE + TEXT[:500]
    assert len(brotli.compress(data)) < len(data)
    compress.write(tmp_path / "a.zip", data)
    assert siblings(tmp_path / "a.zip") == {}
    compress.write(tmp_path / "b/stored.zip", NOISE + TEXT)
    assert set(siblings(tmp_path / "b/stored.zip")) == {".br", ".gz"}


def test_size_is_what_the_plainest_host_that_compresses_sends(tmp_path):
    file = tmp_path / "x.js"
    compress.write(file, TEXT)
    assert compress.size(file) == len(siblings(file)[".gz"])
    compress.write(tmp_path / "x.bin", NOISE)
    assert compress.size(tmp_path / "x.bin") == len(NOISE)


def test_every_kind_that_shrinks_is_called_what_it_is():
    """A sibling's own ending would name another kind."""
    assert {*compress.ENDINGS, *compress.SIBLINGS.values()} <= set(KINDS)
