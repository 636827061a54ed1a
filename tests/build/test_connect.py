"""Hosts that samples may ask, as the build tells browsers of them: each page of its own, and the hosts of all."""

from html import unescape

import pytest

from readerly_site.article import read_all
from readerly_site.errors import ReaderlyError
from readerly_site.hosting import Host, configuration

from .conftest import BuildSite, MakeSite

API, OTHER = "https://api.example.org", "https://b.example"


def fence(connect: str) -> str:
    return f'```python run connect="{connect}"\n1\n```\n'


def test_each_pages_policy_names_its_own_hosts_and_no_other(build_site: BuildSite) -> None:
    raw = f'<code-sample connect="{OTHER}"><pre>1</pre></code-sample>\n'
    built = build_site({"a.md": fence(API) + "\n" + fence(f"{OTHER} {API}"), "b.md": raw, "c.md": "x"})

    def policy(page: str) -> str:
        text = (
            unescape((built.dist / page).read_text())
            .partition('Content-Security-Policy" content="')[2]
            .partition('">')[0]
        )
        return next(rule for rule in text.split("; ") if rule.startswith("connect-src"))

    assert policy("articles/a/index.html") == f"connect-src 'self' {API} {OTHER}"
    assert policy("articles/b/index.html") == f"connect-src 'self' {OTHER}"
    assert policy("articles/c/index.html") == policy("index.html") == "connect-src 'self'"
    assert f"connect-src 'self' {API} {OTHER};" in (built.dist / "_headers").read_text()
    for host in (Host.NGINX, Host.CADDY):
        assert f"connect-src 'self' {API};" in configuration(host, built.site, connect=[API])


@pytest.mark.parametrize("said", ["api.example.org", f"{API}/v1", "http://example.org", "*", f"{API}; script-src *"])
def test_what_is_no_host_alone_is_refused_with_file_and_line(make_site: MakeSite, said: str) -> None:
    for text in (fence(said), f'<code-sample connect="{said}"><pre>1</pre></code-sample>\n'):
        with pytest.raises(ReaderlyError, match=r"connect names .*; write each host alone, such as") as caught:
            read_all(make_site({"a.md": text}))
        assert caught.value.line == 6
