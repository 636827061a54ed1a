"""What is written for each host; tests/hosting has nginx and Caddy read it."""

import dataclasses
import re
from dataclasses import dataclass, field

import pytest

from readerly_site.dist import HEADERS
from readerly_site.errors import ReaderlyError
from readerly_site.headers import AD_POLICY, EVERYWHERE, FOREVER, headers
from readerly_site.hosting import Host, configuration
from readerly_site.policy import sent_policy

WIDGETS, RUNTIME = "readerly/widgets-0123456789ab", "readerly/runtime-0123456789ab"

RULES, LINE = 100, 2000
"""Cloudflare's limits: rules in a file, characters in a line."""


@dataclass
class Rule:
    """A path of a `_headers` file, and what is sent there."""

    path: str
    sent: dict[str, str] = field(default_factory=dict)

    def matches(self, path: str) -> bool:
        """Tell whether the rule is for `path`, as Netlify documents it: "*" stands for any characters, also none."""
        return bool(re.fullmatch(".*".join(map(re.escape, self.path.split("*"))), path))


def parsed(text: str) -> list[Rule]:
    """Return the rules of a `_headers` file."""
    rules: list[Rule] = []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        if not line[0].isspace():
            assert line.startswith("/")
            assert line.count("*") <= 1, "Cloudflare takes one * in a path"
            rules.append(Rule(line))
            continue
        name, colon, value = line.strip().partition(": ")
        assert colon
        assert name not in rules[-1].sent
        rules[-1].sent[name] = value
    return rules


def sent(rules: list[Rule], path: str) -> dict[str, str]:
    """Return what a host sends at `path`, where the values that several rules have for one header are joined."""
    all_of_it: dict[str, str] = {}
    for rule in rules:
        for name, value in rule.sent.items() if rule.matches(path) else ():
            all_of_it[name] = f"{all_of_it[name]}, {value}" if name in all_of_it else value
    return all_of_it


@pytest.fixture(params=["/", "/notes/"])
def site(request, make_site):
    return make_site({"a.md": "x"}, f'url = "https://example.org{request.param}"\n')


@pytest.mark.parametrize(
    "path",
    [
        "",
        "index.html",
        "404.html",
        "articles/a/",
        "articles/a/index.html",
        "ads/before.html",
        f"{WIDGETS}/sandbox.html",
        f"{WIDGETS}/locales/de.json",
        f"{RUNTIME}/pyodide/pyodide.asm.wasm",
        "readerly/boot.mjs",
        "theme-0123456789ab.css",
        "feed.xml",
        "pages.json",
    ],
)
def test_the_file_of_headers_says_what_the_table_says(site, path):
    """Save that a host's own default, to ask again, is left to it."""
    rules = parsed(configuration(Host.HEADERS, site))
    wanted = headers(path, sent_policy())
    if wanted["Cache-Control"] != FOREVER:
        del wanted["Cache-Control"]
    assert sent(rules, site.base_path + path) == wanted


def test_python_is_sent_as_what_these_hosts_compress(site):
    rules = parsed(configuration(Host.HEADERS, site))
    for name, kind in {"main.py": "text/plain; charset=utf-8", "main.py.gz": None, "widgets.css": None}.items():
        assert sent(rules, f"{site.base_path}{WIDGETS}/{name}").get("Content-Type") == kind


def test_the_file_of_headers_keeps_within_limits(make_site):
    site = make_site({f"{number}.md": "x" for number in range(150)}, f'service = "https://{"a" * 60}.example.org"')
    text = configuration(Host.HEADERS, site)
    assert 0 < len(parsed(text)) <= RULES
    assert max(map(len, text.splitlines())) <= LINE


def test_a_service_elsewhere_is_allowed_and_not_passed_on_to(make_site):
    site = make_site({"a.md": "x"}, 'service = "https://hearts.example.org"\n')
    for host in Host:
        assert f"{sent_policy('https://hearts.example.org')}" in configuration(host, site)
    for host in (Host.NGINX, Host.CADDY):
        assert "8002" not in configuration(host, site)
        assert "127.0.0.1:9000" in configuration(host, dataclasses.replace(site, service=None), None, "127.0.0.1:9000")


@pytest.mark.parametrize("host", [Host.NGINX, Host.CADDY])
def test_a_site_lies_where_the_operator_says(site, host):
    assert '"/srv/example.org' in configuration(host, site)
    assert '"/var/www/notes' in configuration(host, site, "/var/www/notes/")


def test_nginx_listens_where_the_site_is(make_site):
    def listens(url: str) -> list[str]:
        return re.findall(r"listen (.*);", configuration(Host.NGINX, make_site({"a.md": "x"}, f'url = "{url}"')))

    assert listens("https://example.org") == ["80", "[::]:80"]
    assert listens("http://example.org:8080/notes") == ["8080", "[::]:8080"]
    assert listens("http://127.0.0.1:8001/") == ["127.0.0.1:8001"]
    assert listens("http://[::1]:8001/") == ["[::1]:8001"]


def test_two_sites_on_one_nginx_share_no_variable(make_site):
    def variables(url: str) -> set[str]:
        text = configuration(Host.NGINX, make_site({"a.md": "x"}, f'url = "{url}"'))
        return set(re.findall(r"\$readerly_\w+", text))

    assert len(variables("https://example.org/a") | variables("https://example.org/b")) == 4


@pytest.mark.parametrize("host", Host)
def test_an_exported_folder_has_no_pages(host):
    text = configuration(host, None)
    assert FOREVER in text
    assert "default-src" not in text
    assert AD_POLICY not in text
    assert "Referrer-Policy" not in text


@pytest.mark.parametrize("host", [Host.NGINX, Host.CADDY])
@pytest.mark.parametrize(
    ("url", "options"),
    [
        ("https://example.org/a$b", {}),
        ("https://example.org/{http.vars}", {}),
        ("https://example.org/a%20b", {}),
        ("https://example.org/", {"root": '/srv/"; evil'}),
        ("https://example.org/", {"root": "/srv/my notes"}),
        ("https://example.org/", {"service": "127.0.0.1:8002; evil"}),
    ],
)
def test_what_a_server_would_misread_is_refused(make_site, host, url, options):
    site = make_site({"a.md": "x"}, f'url = "{url}"')
    with pytest.raises(ReaderlyError, match=rf"has '.' in it, which {host} would misread") as refused:
        configuration(host, site, **options)
    assert ("readerly.toml" in str(refused.value)) == (not options)


def test_a_build_writes_what_hosts_read(build_site):
    built = build_site({"a.md": "x"})
    assert (built.dist / HEADERS).read_text(encoding="utf-8") == configuration(Host.HEADERS, built.site)
    assert (built.dist / ".nojekyll").read_bytes() == b""
    assert EVERYWHERE.keys() <= sent(parsed((built.dist / HEADERS).read_text(encoding="utf-8")), "/feed.xml").keys()


def test_a_file_of_headers_that_someone_wrote_stays(build_site):
    built = build_site({"a.md": "x"})
    file = built.dist / HEADERS
    assert build_site({"a.md": "y"}).dist == built.dist
    assert file.read_text(encoding="utf-8") == configuration(Host.HEADERS, built.site)
    file.write_text("/*\n  X-Mine: yes\n", encoding="utf-8")
    build_site({"a.md": "z"})
    assert file.read_text(encoding="utf-8") == "/*\n  X-Mine: yes\n"
