"""The table of headers, which every host's configuration is made from."""

import re

import pytest

from readerly_site.headers import AD_POLICY, ASK, EVERYWHERE, FINGERPRINTED, FOREVER, headers

WIDGETS = "readerly/widgets-0123456789ab"


@pytest.mark.parametrize("path", ["index.html", "404.html", "articles/a/index.html", "articles/a/b.html"])
def test_pages(path):
    assert headers(path, "policy") == {**EVERYWHERE, "Cache-Control": ASK, "Content-Security-Policy": "policy"}


@pytest.mark.parametrize(
    "path",
    [f"{WIDGETS}/sandbox.html", "readerly/boot.mjs", "articles/a/x.svg", "feed.xml", "about.html", "index.html.br"],
)
def test_other_files_have_no_policy(path):
    assert "Content-Security-Policy" not in headers(path, "policy")


def test_advertisements_have_their_own():
    assert headers("ads/before.html", "policy")["Content-Security-Policy"] == AD_POLICY


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (f"{WIDGETS}/main.py", FOREVER),
        (f"{WIDGETS}/locales/de.json.br", FOREVER),
        ("readerly/runtime-0123456789ab/pyscript/core.js", FOREVER),
        ("theme-0123456789ab.css", FOREVER),
        ("readerly/boot.mjs", ASK),
        ("readerly/NOTICE.txt", ASK),
        (WIDGETS, ASK),
        ("theme-mine.css", ASK),
        ("articles/a/readerly/widgets-0123456789ab/x", ASK),
        ("pages.json", ASK),
    ],
)
def test_what_is_fingerprinted_is_kept(path, value):
    assert headers(path, "policy")["Cache-Control"] == value


@pytest.mark.parametrize("path", ["", "articles/", "articles/a/"])
def test_addresses_that_leave_the_index_out_are_pages_too(path):
    assert headers(path, "policy")["Content-Security-Policy"] == "policy"


def test_patterns_have_no_sign_that_only_python_reads():
    """PCRE and RE2 read them as well: no lookaround, no backreference, no named group."""
    assert not re.search(r"\(\?[^:]|\\[1-9AZbBdswDSW]", FINGERPRINTED)
