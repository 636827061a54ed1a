import json
import re
import xml.etree.ElementTree as ET
from html.parser import HTMLParser
from pathlib import Path

import html5lib
import pytest

from readerly_site.build import Built
from readerly_site.feed import feed_html

from .conftest import BuildSite

ATOM = "{http://www.w3.org/2005/Atom}"
KING = Path(__file__).resolve().parents[3] / "shared" / "articles" / "king-of-python.md"

TOML = """
description = "Essays on \\"software\\"."
url = "https://example.org/notes/"
author = "The editors"
[ads.before]
html = "<p>Paper & ink</p>"
height = 120
title = "Advertisement: paper"
"""

ARTICLES = {
    "first.md": """---
category: Opinion
title: "First <things> & others"
description: "What's first"
date: 2026-05
tags: [a, b]
---

# First things

Text with [a link](second.md) and ![a dot](dot.svg).

## Part

```python run label="Sum" session=s
1 + 1
```

```js
let x = "y";
```

<div class="note">Raw & ready</div>

| a | b |
|---|--:|
| 1 | 2 |
""",
    "second.md": "---\ntitle: Second\ndate: 2026-06-15\nads: false\n---\n\nWords \x1b[31mred\x1b[0m.\n",
    "third.md": "---\ntitle: Third\ndate: 2026-07\n---\n\nMore words.\n",
}


class Page(HTMLParser):
    """A page's elements, in order: (name, attributes)."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, {name: value or "" for name, value in attrs}))

    def all(self, name: str, /, **wanted: str) -> list[dict[str, str]]:
        """Return the attributes of each element of this name that has the `wanted` ones."""
        pairs = {key.rstrip("_").replace("_", "-"): value for key, value in wanted.items()}
        return [found for tag, found in self.elements if tag == name and pairs.items() <= found.items()]

    def one(self, name: str, /, **wanted: str) -> dict[str, str]:
        (found,) = self.all(name, **wanted)
        return found


@pytest.fixture
def built(build_site: BuildSite, tmp_path: Path) -> Built:
    articles = tmp_path / "site" / "articles"
    articles.mkdir(parents=True)
    (articles / "dot.svg").write_text('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="3"/>')
    return build_site(ARTICLES, TOML)


def html_pages(dist: Path) -> dict[str, str]:
    files = [file for file in sorted(dist.rglob("*.html")) if file.parent.name != "ads"]
    return {file.relative_to(dist).as_posix(): file.read_text("utf-8") for file in files}


def article_page(built: Built, slug: str = "first") -> str:
    return (built.dist / "articles" / slug / "index.html").read_text("utf-8")


def text_of(html: str) -> str:
    return "".join(html5lib.parse(html, namespaceHTMLElements=False).itertext())


def test_every_page_is_well_formed_html(built: Built) -> None:
    pages = html_pages(built.dist)
    assert len(pages) == 5
    for name, html in pages.items():
        parser = html5lib.HTMLParser(strict=False)
        parser.parse(html)
        # An attribute that this old parser does not know, or a "/" on a void element, is no error in HTML today.
        errors = [code for _, code, _ in parser.errors if code != "non-void-element-with-trailing-solidus"]
        assert not errors, name


def test_every_page_has_one_h1_a_title_and_landmarks(built: Built) -> None:
    for name, html in html_pages(built.dist).items():
        page = Page(html)
        assert len(page.all("h1")) == 1, name
        assert len(page.all("main")) == 1, name
        assert page.one("a", class_="skip")["href"] == f"#{page.one('main')['id']}"
        assert page.one("html")["lang"] == "en"
        assert re.search(r"<title>[^<]+</title>", html), name


def test_no_page_has_inline_script_or_style(built: Built) -> None:
    for name, html in html_pages(built.dist).items():
        page = Page(html)
        assert all(found.get("src") for found in page.all("script")), name
        assert not page.all("style"), name
        for tag, attributes in page.elements:
            assert "style" not in attributes, (name, tag)
            assert not [key for key in attributes if key.startswith("on")], (name, tag)


def test_every_page_carries_the_policy_and_one_style_sheet(built: Built) -> None:
    for name, html in html_pages(built.dist).items():
        page = Page(html)
        policy = page.one("meta", http_equiv="Content-Security-Policy")["content"]
        assert "script-src 'self' 'wasm-unsafe-eval'" in policy
        assert "unsafe-inline" not in policy
        assert "require-trusted-types-for 'script'" in policy
        sheet = page.one("link", rel="stylesheet")
        assert "data-readerly" in sheet
        path = built.dist / Path(name).parent / sheet["href"].replace("/notes/", "./")
        assert "code-sample { display: block }" in path.read_text("utf-8")
        assert path.name in sheet["href"]


def test_ids_are_unique_and_every_fragment_leads_somewhere(built: Built) -> None:
    for name, html in html_pages(built.dist).items():
        page = Page(html)
        ids = [found["id"] for _, found in page.elements if "id" in found]
        assert len(ids) == len(set(ids)), name
        for link in page.all("a"):
            if link["href"].startswith("#"):
                assert link["href"][1:] in ids, (name, link)


def test_every_relative_address_leads_to_a_file(built: Built) -> None:
    for name, html in html_pages(built.dist).items():
        if name == "404.html":
            continue
        for tag, found in Page(html).elements:
            address = found.get("src") or (found.get("href") if tag in ("a", "link") else None)
            if not address or address.startswith(("https://", "#")):
                continue
            assert not address.startswith("/"), (name, address)
            target = built.dist / Path(name).parent / address.partition("#")[0]
            assert (target / "index.html" if address.endswith("/") else target).is_file(), (name, address)


def test_the_head_of_an_article(built: Built) -> None:
    page = Page(article_page(built))
    assert page.one("link", rel="canonical")["href"] == "https://example.org/notes/articles/first/"
    assert page.one("meta", property="og:url")["content"] == "https://example.org/notes/articles/first/"
    assert page.one("meta", property="og:title")["content"] == "First <things> & others"
    assert page.one("meta", name="description")["content"] == "What's first"
    assert page.one("meta", name="author")["content"] == "The editors"
    assert page.one("meta", property="article:published_time")["content"] == "2026-05"
    assert page.one("script") == {"type": "module", "src": "../../readerly/boot.mjs"}
    assert "preload" not in article_page(built)  # the text and its style come first; boot.mjs asks for the rest


def test_the_meta_line(built: Built) -> None:
    html = article_page(built)
    line = re.search(r'<p class="meta">.*?</p>', html, re.S)
    assert line
    assert text_of(line[0]) == "May 2026 · 1 min read · – views · – hearts"
    assert Page(line[0]).one("read-time")["for"] == "article"
    assert [found["for"] for found in Page(html).all("read-time", sticky="")] == ["article"]
    assert "<p>Text with" in html[html.index('id="article"') :]


def test_a_heart_is_a_plain_form_without_javascript(built: Built) -> None:
    form = Page(article_page(built)).one("form")
    assert form == {"method": "post", "action": "/api/heart?path=/notes/articles/first/"}


@pytest.mark.parametrize(
    ("language", "direction", "says"),
    [
        ("de", None, "1 Min. Lesezeit"),
        ("he", "rtl", "דקת קריאה אחת"),
        ("ja", None, "1分で読めます"),
        ("eo", None, "1 min read"),
    ],
)
def test_read_time_stands_in_the_language_of_the_site(build_site, language, direction, says) -> None:
    built = build_site({"a.md": "x"}, f'language = "{language}"\n')
    for html in (article_page(built, "a"), (built.dist / "index.html").read_text("utf-8")):
        assert says in html
        assert Page(html).one("html").get("dir") == direction


def test_an_article_in_another_language_says_so_and_keeps_its_minutes(build_site) -> None:
    text = "---\ntitle: A\nlanguage: ar\nminutes: 9\n---\nx\n"
    page = Page(article_page(build_site({"a.md": text}, 'language = "en"\n'), "a"))
    body = page.one("div", id="article")
    assert (body["lang"], body["dir"]) == ("ar", "rtl")
    assert [tag["minutes"] for tag in page.all("read-time")] == ["9", "9"]


def test_a_service_elsewhere_is_named_and_allowed(build_site: BuildSite) -> None:
    built = build_site({"a.md": "x"}, 'service = "https://hearts.example.org/r"\n')
    page = Page(article_page(built, "a"))
    assert page.one("meta", name="readerly-service")["content"] == "https://hearts.example.org/r"
    assert page.one("form")["action"] == "https://hearts.example.org/r/api/heart?path=/articles/a/"
    policy = page.one("meta", http_equiv="Content-Security-Policy")["content"]
    assert "connect-src 'self' https://hearts.example.org;" in policy
    assert "form-action 'self' https://hearts.example.org;" in policy


def test_advertisements_stand_in_sandboxed_frames_of_known_height(built: Built) -> None:
    frame = Page(article_page(built)).one("iframe")
    assert (frame["src"], frame["height"], frame["title"]) == ("../../ads/before.html", "120", "Advertisement: paper")
    assert frame["loading"] == "lazy"
    assert "allow-same-origin" not in frame["sandbox"]
    assert "<p>Paper & ink</p>" in (built.dist / "ads/before.html").read_text("utf-8")
    assert not (built.dist / "ads/after.html").exists()
    assert article_page(built).count(">Advertisement</p>") == 1


def test_an_article_may_do_without_advertisements(built: Built) -> None:
    html = article_page(built, "second")
    assert not Page(html).all("iframe")
    assert "Advertisement" not in html


def test_comments_say_what_they_will_hold_and_pretend_nothing(built: Built) -> None:
    html = article_page(built)
    section = html[html.index('<section class="comments"') : html.index("</article>")]
    assert "Comments are not open yet" in section
    assert "<button" not in section
    assert "<form" not in section


def test_neighbours_in_time(built: Built) -> None:
    page = Page(article_page(built, "second"))
    assert page.one("a", rel="prev")["href"] == "../../articles/first/"
    assert page.one("a", rel="next")["href"] == "../../articles/third/"
    assert not Page(article_page(built, "third")).all("a", rel="next")


def test_the_index_lists_everything_newest_first(built: Built) -> None:
    html = (built.dist / "index.html").read_text("utf-8")
    links = [found["href"] for found in Page(html).all("a") if "articles/" in found["href"]]
    assert links == ["./articles/third/", "./articles/second/", "./articles/first/"]
    assert "May 2026 · 1 min read · a, b" in text_of(html)
    assert "First &lt;things&gt; &amp; others" in html
    assert [found["src"] for found in Page(html).all("script")] == ["./readerly/boot.mjs"]
    paths = [f"/notes/articles/{name}/" for name in ("third", "second", "first")]
    for tag in ("view-count", "hearts-count"):
        assert [found["page"] for found in Page(html).all(tag)] == paths


def test_a_site_without_articles_still_has_its_pages(build_site: BuildSite) -> None:
    built = build_site()
    assert "Nothing is published here yet" in (built.dist / "index.html").read_text("utf-8")
    feed = ET.parse(built.dist / "feed.xml").getroot()
    assert feed.findtext(f"{ATOM}updated")
    assert not feed.findall(f"{ATOM}entry")


def test_the_missing_page_works_at_any_depth(built: Built) -> None:
    page = Page((built.dist / "404.html").read_text("utf-8"))
    local = [found.get("href", "") for tag, found in page.elements if tag in ("a", "link")]
    assert all(address.startswith(("/notes/", "#")) for address in local)
    assert page.one("meta", name="robots")["content"] == "noindex"


def test_the_feed_is_whole_and_its_addresses_are_absolute(built: Built) -> None:
    feed = ET.parse(built.dist / "feed.xml").getroot()
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["Third", "Second", "First <things> & others"]
    assert feed.findtext(f"{ATOM}updated") == "2026-07-01T00:00:00Z"
    content = entries[2].findtext(f"{ATOM}content") or ""
    assert '<a href="https://example.org/notes/articles/second/">a link</a>' in content
    assert 'src="https://example.org/notes/articles/first/dot.svg"' in content
    assert "<pre><code>1 + 1\n</code></pre>" in content
    assert "<button" not in content
    assert "class=" not in content
    assert "red" in (entries[1].findtext(f"{ATOM}content") or "")
    for element in feed.iter():
        if "href" in element.attrib:
            assert element.attrib["href"].startswith("https://example.org/notes/")


def test_feed_html_keeps_structure_and_drops_machinery() -> None:
    body = '<div class="x"><h2 id="a"><a class="heading-link" href="#a">A</a></h2><p hidden>no</p><br><ol start="3">'
    body += "<li>1 &lt; 2</li></ol></div><form><button>Go</button></form><p>end</p>"
    wanted = '<h2>A</h2><br><ol start="3"><li>1 &lt; 2</li></ol><p>end</p>'
    assert feed_html(body, "https://example.org/") == wanted


def test_sitemap_robots_and_the_list_for_the_service(built: Built) -> None:
    sitemap = ET.parse(built.dist / "sitemap.xml").getroot()
    assert [loc.text for loc in sitemap.iter() if loc.tag.endswith("loc")] == [
        "https://example.org/notes/",
        "https://example.org/notes/articles/third/",
        "https://example.org/notes/articles/second/",
        "https://example.org/notes/articles/first/",
    ]
    assert "Sitemap: https://example.org/notes/sitemap.xml" in (built.dist / "robots.txt").read_text("utf-8")
    listed = json.loads((built.dist / "pages.json").read_text("utf-8"))
    assert listed["pages"][2] == {
        "path": "/notes/articles/first/",
        "title": "First <things> & others",
        "minutes": 1,
    }


def test_a_draft_is_marked_and_kept_from_search_engines(build_site: BuildSite) -> None:
    built = build_site({"a.md": "---\ntitle: A\ndraft: true\n---\n"}, drafts=True)
    html = article_page(built, "a")
    assert Page(html).one("meta", name="robots")["content"] == "noindex"
    assert '<p class="label">Draft</p>' in html


def test_an_author_can_restyle_everything(build_site: BuildSite, tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site/theme.css").write_text(":root { --readerly-accent: teal }\n")
    (sheet,) = build_site({"a.md": "x"}).dist.glob("theme-*.css")
    assert sheet.read_text("utf-8").endswith(":root { --readerly-accent: teal }\n")


@pytest.mark.skipif(
    not KING.is_file(), reason="the published article is not beside this repository: ../shared/articles"
)
def test_a_published_article_as_it_was_handed_over(build_site: BuildSite) -> None:
    source = KING.read_text("utf-8")
    html = article_page(build_site({"king-of-python.md": source}, TOML), "king-of-python")
    page = Page(html)
    assert '<p class="label">Opinion</p>' in html
    assert len(page.all("h1")) == 1
    body = html5lib.parse(html, namespaceHTMLElements=False).find(".//div[@id='article']")
    assert len(body.findall("h2")) == 5
    assert body.find("p[@class='subtitle']") is not None
    line = re.search(r'<p class="meta">.*?</p>', html, re.S)
    assert line
    assert re.fullmatch(r"June 2026 · \d min read · – views · – hearts", text_of(line[0]))
    # Every word of the source reaches the reader, whatever became of its quotation marks.
    plain = re.sub(r"[^\w\s]", "", source.partition("\n---\n")[2]).split()
    shown = re.sub(r"[^\w\s]", "", "".join(body.itertext())).split()
    assert shown == plain
