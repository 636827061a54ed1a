"""Which coding is sent for which Accept-Encoding (RFC 9110, 12.5.3)."""

import pytest

from readerly_site.codings import IDENTITY, choose

BOTH = ("br", "gzip")


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [
        (None, IDENTITY),  # anything would do, and this is what every client can read
        ("", IDENTITY),
        ("identity", IDENTITY),
        ("deflate, zstd", IDENTITY),
        ("gzip", "gzip"),
        ("br", "br"),
        ("gzip, deflate, br, zstd", "br"),
        ("gzip;q=0.5", "gzip"),
        ("br;q=0, gzip", "gzip"),
        ("br;q=0.8, gzip;q=0.9", "gzip"),
        ("br;q=0.9, gzip;q=0.900", "br"),
        ("gzip;q=0.5, identity", IDENTITY),
        ("gzip;q=0.5, identity;q=0.5", "gzip"),
        ("*", "br"),
        ("*;q=0.5, gzip", "gzip"),
        ("*;q=0.5, gzip;q=0.3", "br"),
        ("br;q=0, *", "gzip"),
        ("*;q=0, gzip", "gzip"),
        ("*;q=0, identity", IDENTITY),
        ("identity;q=0, gzip;q=0.001", "gzip"),
    ],
)
def test_the_most_welcome_is_chosen(accepted, chosen):
    assert choose(accepted, BOTH) == chosen


@pytest.mark.parametrize("accepted", ["*;q=0", "identity;q=0", "identity;q=0, br;q=0, gzip;q=0.000", "*;q=0, deflate"])
def test_what_is_refused_is_not_chosen(accepted):
    assert choose(accepted, BOTH) is None


@pytest.mark.parametrize(
    ("accepted", "chosen"),
    [("gzip, br", IDENTITY), ("*", IDENTITY), ("identity;q=0, gzip", None), ("*;q=0, gzip", None), (None, IDENTITY)],
)
def test_a_file_that_is_there_in_no_coding(accepted, chosen):
    assert choose(accepted, ()) == chosen


@pytest.mark.parametrize("accepted", ["GZIP", "x-gzip", " gzip ; Q=0.5 ", ", ,gzip,", "gzip;q=1.000", "gzip\t;\tq=1"])
def test_one_coding_has_many_spellings(accepted):
    assert choose(accepted, BOTH) == "gzip"


@pytest.mark.parametrize("accepted", ["gzip;q=2", "gzip;q=-1", "gzip;q=0.1234", "gzip;q=", "gzip;level=9", ";q=1", "="])
def test_what_cannot_be_read_counts_for_nothing(accepted):
    assert choose(accepted, BOTH) == IDENTITY
