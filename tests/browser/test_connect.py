"""Hosts that samples may ask: the page asks on their behalf those their author names, and no other, and says why."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from .conftest import violations
from .sample import FIRST, Sample
from .servers import Api, Witness

pytestmark = pytest.mark.both_ways("chromium")

PAGE = "/articles/connect/"


def opened(reader: Callable[..., Page]) -> Page:
    page = reader(PAGE)
    page.set_default_timeout(FIRST)
    return page


def test_the_page_asks_without_a_word_about_its_reader(reader: Callable[..., Page], api: Api) -> None:
    page = opened(reader)
    page.evaluate("document.cookie = 'secret=1'")
    api.asked.clear()
    sample = Sample(page, "awaits").run().ends()
    lines = sample.output.inner_text().splitlines()
    assert lines == [
        f"200 {api.origin}/tea {{'minutes': 3}}",
        f"200 {api.origin}/tea {{'minutes': 3}}",
        f"404 {api.origin}/nothing {{'minutes': 3}}",
    ]
    assert [asked for asked, _ in api.asked] == ["GET /tea", "GET /moved", "GET /tea", "GET /nothing"]
    for _, headers in api.asked:
        assert headers["accept"] == "application/json"
        assert not {"cookie", "referer", "authorization"} & set(headers)
    assert violations(page) == []


def test_python_waits_for_an_answer(reader: Callable[..., Page], api: Api) -> None:
    sample = Sample(opened(reader), "waits").run().ends()
    assert sample.output.inner_text().splitlines() == [
        "200 application/json b'{\"minutes\": 3}'",
        "HTTP Error 404: Gone for tea",
        "b'local'",
    ]


def test_what_is_not_allowed_is_refused_in_words(reader: Callable[..., Page], api: Api, witness: Witness) -> None:
    page = opened(reader)
    api.asked.clear()
    before = list(witness.asked)
    lines = Sample(page, "refused").run().ends().output.inner_text().splitlines()
    wanted = [
        "A sample may only GET, not POST",
        "A sample may not send the header x-secret; leave it out",
        r"/away could not be had: no answer .* redirects to a host that connect does not name",
        r"/closed could not be had: no answer that this page may read\. .*\(CORS\)",
        r"/large could not be had: more than 5 MB",
        r'This sample may not ask http://localhost:9: it may ask http://127.*\. .* the attribute connect="http://localhost:9"',
        r"data:,x is no address on the web",
    ]
    assert len(lines) == len(wanted), lines
    for line, pattern in zip(lines, wanted, strict=True):
        assert re.search(pattern, line), line
    assert [asked for asked, _ in api.asked] == ["GET /away", "GET /closed", "GET /large"]
    assert witness.asked == before


def test_a_run_asks_so_often_and_no_more(reader: Callable[..., Page], api: Api) -> None:
    api.asked.clear()
    sample = Sample(opened(reader), "many").run().ends(re.compile("^Error on line 5"))
    sample.prints("50\n.*This run has asked other hosts 50 times, and may not more often")
    assert len(api.asked) == 50


def test_without_the_attribute_nothing_is_asked(reader: Callable[..., Page], api: Api) -> None:
    page = opened(reader)
    api.asked.clear()
    for label in ("unnamed", "unnamed waits"):
        sample = Sample(page, label).run().ends(re.compile("^Error on line 3"))
        sample.prints(
            r"This sample may not ask http.*: it may ask no host\. Its author allows one by the attribute connect="
        )
    assert api.asked == []


def test_what_an_earlier_sample_of_the_session_may_ask_is_asked(reader: Callable[..., Page]) -> None:
    Sample(opened(reader), "uses").run().ends().prints("{'minutes': 3}")


def test_only_pages_with_such_samples_may_reach_the_host(reader: Callable[..., Page], api: Api) -> None:
    """The policy of the page is exact, and what is sent with all pages is no stricter."""
    policies = {}
    for path in (PAGE, "/articles/files/"):
        page = reader(path)
        policies[path] = page.locator("meta[http-equiv=Content-Security-Policy]").get_attribute("content") or ""
        sent = page.request.get(path).headers["content-security-policy"]
        assert f"connect-src 'self' {api.origin};" in sent
    assert f"connect-src 'self' {api.origin};" in policies[PAGE]
    assert "connect-src 'self';" in policies["/articles/files/"]
    page = reader("/articles/files/")
    said = page.evaluate("(url) => fetch(url).then(() => 'REACHED', () => 'refused')", api.origin + "/tea")
    assert said == "refused"
