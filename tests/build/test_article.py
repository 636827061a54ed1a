import datetime
from pathlib import Path

import pytest

from readerly_site.article import Article, find, read, read_all
from readerly_site.config import Site
from readerly_site.errors import ReaderlyError

from .conftest import MakeSite

# The smallest PNG: one pixel.
PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


def only(site: Site) -> Article:
    (article,) = read_all(site)
    return article


def refusal(site: Site) -> ReaderlyError:
    with pytest.raises(ReaderlyError) as caught:
        read_all(site)
    return caught.value


FULL = """---
category: Opinion
title: "Tabs, spaces and 'peace'"
description: What it was about.
date: 2026-06-15
author: The editors
tags: [style, editors, style]
ads: false
---

Some text.
"""


def test_front_matter(make_site: MakeSite) -> None:
    article = only(make_site({"Tabs & Spaces.md": FULL}, 'url = "https://example.org/blog/"\n'))
    assert article.slug == "tabs-spaces"
    assert article.path == "/blog/articles/tabs-spaces/"
    assert (article.category, article.title) == ("Opinion", "Tabs, spaces and 'peace'")
    assert (article.author, article.tags) == ("The editors", ("style", "editors"))
    assert (article.ads, article.draft, article.has_samples) == (False, False, False)
    assert (article.words, article.minutes) == (2, 1)


@pytest.mark.parametrize(
    ("written", "shown", "iso", "first"),
    [
        ("2026", "2026", "2026", datetime.date(2026, 1, 1)),
        ("2026-06", "June 2026", "2026-06", datetime.date(2026, 6, 1)),
        ('"2026-6"', "June 2026", "2026-06", datetime.date(2026, 6, 1)),
        ("2026-06-05", "5 June 2026", "2026-06-05", datetime.date(2026, 6, 5)),
        ("2026-06-05 10:30:00", "5 June 2026", "2026-06-05", datetime.date(2026, 6, 5)),
    ],
)
def test_a_date_stays_as_exact_as_it_was_given(
    make_site: MakeSite, written: str, shown: str, iso: str, first: datetime.date
) -> None:
    article = only(make_site({"a.md": f"---\ntitle: A\ndate: {written}\n---\n"}))
    assert (article.date_text, article.date_iso, article.date) == (shown, iso, first)


def test_an_undated_article_shows_no_date(make_site: MakeSite) -> None:
    article = only(make_site({"a.md": "---\ntitle: A\n---\n"}, 'author = "The house"\n'))
    assert (article.date_text, article.date_iso) == ("", "")
    assert article.author == "The house"


def test_values_are_taken_as_they_are_written(make_site: MakeSite) -> None:
    article = only(make_site({"a.md": "---\ntitle: 2026\ncategory: Yes\ntags: one, two\nlayout: post\n---\n"}))
    assert (article.title, article.category, article.tags) == ("2026", "Yes", ("one", "two"))


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("---\ntitle: A\ndescription: a: b\n---\n", 3, "not valid YAML"),
        ('---\ndate: 2026\ntitle: "A\nads: true\n---\n', 3, "not valid YAML"),
        ("---\n- title\n---\n", 2, "key: value"),
        ("---\ntitle: A\n\nText without an end.\n", 1, "no end"),
        ("---\ncategory: B\n---\n", 1, "no title"),
        ("---\ntitle:\n---\n", 1, "no title"),
        ("---\ntitle: [A, B]\n---\n", 2, "title must be text"),
        ("---\ntitle: A\n\ndate: June\n---\n", 4, "date must be written"),
        ("---\ntitle: A\ndate: 2026-13\n---\n", 3, "not in the calendar"),
        ("---\ntitle: A\ndate: 2026-02-30\n---\n", 3, "not in the calendar"),
        ("---\ntitle: A\ndraft: maybe\n---\n", 3, "draft must be true or false"),
        ("---\ntitle: A\ntag: x\n---\n", 3, "is 'tags' meant?"),
        ("---\ntitle: A\nminutes: 0\n---\n", 3, "whole number of minutes"),
        ("---\ntitle: A\nminutes: soon\n---\n", 3, "whole number of minutes"),
        ("---\ntitle: A\nlanguage: Deutsch sprachig\n---\n", 3, "must be a tag"),
        ("---\ntitle: A\ntitle: B\n---\n", 3, "second time"),
        ("---\ntitle: A\n---\n\nText.\n\n```python rnu\n1\n```\n", 7, "unknown fence attribute 'rnu'"),
        ("---\ntitle: A\n---\n\n- item\n\n  ```python run x=1\n  1\n  ```\n", 7, "unknown fence attribute"),
        ("---\ntitle: A\n---\n\none\ntwo ![x](missing.png)\n", 6, "no file missing.png"),
        ("---\ntitle: A\n---\n\n![x](https://example.org/x.png)\n", 5, "on another host"),
        ("---\ntitle: A\n---\n\n![x](../../secret.png)\n", 5, "outside the site's folder"),
        ("---\ntitle: A\n---\n\n[x](other.md)\n", 5, "no article"),
        ("---\ntitle: A\n---\n\n<div>\n<p style='color:red'>x</p>\n</div>\n", 6, "theme.css"),
        ("---\ntitle: A\n---\n\ntext <b onclick='x()'>b</b>\n", 5, "onclick"),
        ("---\ntitle: A\n---\n\n<script>\nalert(1)\n</script>\n", 5, "file of its own"),
        ("---\ntitle: A\n---\n\n<h1>B</h1>\n", 5, "<h2>"),
        ('---\ntitle: A\n---\n\n<iframe src="https://example.org/"></iframe>\n', 5, "on another host"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(
    make_site: MakeSite, tmp_path: Path, text: str, line: int, says: str
) -> None:
    (tmp_path / "secret.png").write_bytes(PIXEL)
    error = refusal(make_site({"a.md": text}))
    assert error.file is not None
    assert error.file.name == "a.md"
    assert says in error.message
    assert error.line == line


def test_bytes_that_are_no_text_are_told_with_their_line(make_site: MakeSite) -> None:
    site = make_site({"a.md": ""})
    (site.articles / "a.md").write_bytes("---\ntitle: A\n---\nGrüße\n".encode("latin-1"))
    error = refusal(site)
    assert (error.line, "UTF-8" in error.message) == (4, True)


def test_a_byte_order_mark_and_windows_lines_are_no_trouble(make_site: MakeSite) -> None:
    site = make_site({"a.md": ""})
    (site.articles / "a.md").write_bytes("\ufeff---\r\ntitle: A\r\n---\r\n\r\nText.\r\n".encode())
    assert only(site).body == "<p>Text.</p>\n"


def test_two_files_with_one_address_are_refused(make_site: MakeSite) -> None:
    error = refusal(make_site({"My text.md": "x", "my-text.md": "y"}))
    assert "articles/my-text/" in error.message
    assert error.line == 1


def test_which_files_are_articles(make_site: MakeSite) -> None:
    site = make_site(
        {"a.md": "", "2026/b.md": "", "c/index.md": "", "README.md": "", "_parts/d.md": "", ".e.md": "", "f.txt": ""}
    )
    assert sorted(find(site).values()) == ["a", "b", "c"]


def test_the_newest_come_first_and_drafts_only_when_asked_for(make_site: MakeSite) -> None:
    site = make_site(
        {
            "old.md": "---\ntitle: O\ndate: 2025\n---\n",
            "new.md": "---\ntitle: N\ndate: 2026-06\n---\n",
            "draft.md": "---\ntitle: D\ndate: 2026-07\ndraft: true\n---\n",
        }
    )
    assert [article.slug for article in read_all(site)] == ["new", "old"]
    assert [article.slug for article in read_all(site, drafts=True)] == ["draft", "new", "old"]


def test_a_heading_that_repeats_the_title_is_not_shown_twice(make_site: MakeSite) -> None:
    article = only(make_site({"a.md": "---\ntitle: It's *A*\n---\n\n# It's A\n\nText.\n"}))
    assert article.body == "<p>Text.</p>\n"


def test_another_first_heading_becomes_the_subtitle_and_later_ones_step_down(make_site: MakeSite) -> None:
    article = only(make_site({"a.md": "---\ntitle: A\n---\n\n# B\n\n## C\n\n# D\n"}))
    assert '<p class="subtitle">B</p>' in article.body
    assert '<h2 id="c">' in article.body
    assert '<h2 id="d">' in article.body
    assert "<h1" not in article.body


def test_headings_have_ids_of_their_own_and_link_to_themselves(make_site: MakeSite) -> None:
    body = only(make_site({"a.md": "## One `x`\n\n## One x\n\n## Comments\n\n## 概要\n\n## [l](#one-x)\n"})).body
    assert '<h2 id="one-x"><a class="heading-link" href="#one-x">One <code>x</code></a></h2>' in body
    assert 'id="one-x-2"' in body
    assert 'id="comments-2"' in body
    assert 'id="概要"' in body
    assert '<h2 id="l"><a href="#one-x">l</a></h2>' in body


def test_quotes_are_set_in_the_language_of_the_site_but_not_in_code(make_site: MakeSite) -> None:
    text = '"a" don\'t `"b"`\n'
    assert only(make_site({"a.md": text})).body == "<p>“a” don’t <code>&quot;b&quot;</code></p>\n"
    german = make_site({"a.md": text}, 'language = "de-AT"\n')
    assert only(german).body.startswith("<p>„a“ don’t")
    finnish = make_site({"a.md": text}, 'language = "fi"\n')
    assert only(finnish).body.startswith("<p>&quot;a&quot; don't")


def test_images_come_along_and_keep_their_room(make_site: MakeSite) -> None:
    site = make_site({"a.md": "![A dot](img/dot%201.png)\n\n<img src='img/raw.png' alt='x'>\n"})
    (site.articles / "img").mkdir()
    for name in ("dot 1.png", "raw.png"):
        (site.articles / "img" / name).write_bytes(PIXEL)
    article = only(site)
    assert (
        '<img src="img/dot%201.png" alt="A dot" loading="lazy" decoding="async" width="1" height="1" />' in article.body
    )
    assert sorted(article.files) == ["img/dot 1.png", "img/raw.png"]


def test_a_damaged_image_has_no_size(make_site: MakeSite) -> None:
    site = make_site({"a.md": "![x](a.png)\n"})
    (site.articles / "a.png").write_bytes(PIXEL[:20])
    assert "width" not in only(site).body


def test_links_lead_to_articles_and_take_files_along(make_site: MakeSite) -> None:
    site = make_site({"a.md": "[b](b.md#x) [d](data.csv) [e](https://e.org/) [f](#f)\n", "b.md": "x"})
    (site.articles / "data.csv").write_text("1\n")
    article = read(site.articles / "a.md", site)
    for address in ("../b/#x", "data.csv", "https://e.org/", "#f"):
        assert f'href="{address}"' in article.body
    assert list(article.files) == ["data.csv"]


def test_two_files_cannot_have_one_name_beside_the_page(make_site: MakeSite) -> None:
    site = make_site({"sub/a.md": "![x](x.png) ![y](../x.png)\n"})
    for folder in ("sub", "."):
        (site.articles / folder / "x.png").write_bytes(PIXEL)
    assert "rename one" in refusal(site).message


def test_tables_scroll_by_themselves_and_align_without_inline_style(make_site: MakeSite) -> None:
    body = only(make_site({"a.md": "| a | b |\n|---|--:|\n| 1 | 2 |\n"})).body
    assert '<td class="align-right">2</td>' in body
    assert body.startswith('<div class="table" role="group" aria-label="Table" tabindex="0"><table>')
    assert "style=" not in body


def test_samples_and_their_code_count_towards_the_read_time(make_site: MakeSite) -> None:
    code = "\n".join(f"x{number} = {number}" for number in range(60))
    article = only(make_site({"a.md": f"Text.\n\n```python run\n{code}\n```\n"}))
    assert article.has_samples
    assert (article.words, article.minutes) == (1, 2)


def test_an_article_counts_in_its_own_language(make_site: MakeSite) -> None:
    text = "---\ntitle: A\nlanguage: {}\n---\n" + "Wort " * 1770
    assert only(make_site({"a.md": text.format("de")})).minutes == 10
    assert only(make_site({"a.md": text.format("")})).minutes == 7


def test_an_author_may_say_how_many_minutes_it_takes(make_site: MakeSite) -> None:
    article = only(make_site({"a.md": "---\ntitle: A\nminutes: 12\n---\nText.\n"}))
    assert (article.minutes, article.counted) == (12, False)


def test_a_site_without_articles_folder_says_so(make_site: MakeSite) -> None:
    site = make_site()
    site.articles.rmdir()
    assert "articles/" in refusal(site).message
