import json
from pathlib import Path

import pytest

from readerly_site import recorded
from readerly_site.article import Article, read_all
from readerly_site.config import Site
from readerly_site.errors import ReaderlyError
from readerly_site.feed import feed_html
from readerly_site.recorded import Recorded

from .conftest import MakeSite

TEXT = """```python run session=s label="First"
x = 2
```

```python run session=s label="Second"
x
```
"""


def only(site: Site) -> Article:
    (article,) = read_all(site)
    return article


def record(article: Article, messages: list[tuple[str, str]]) -> None:
    """Record `messages` for each sample of `article`."""
    samples = article.samples
    prints = {s.id: recorded.fingerprint(s, samples[:at]) for at, s in enumerate(samples)}
    recorded.write(article.file, {name: Recorded(printed, messages) for name, printed in prints.items()})


def test_what_is_recorded_stands_in_the_page_and_in_the_feed(make_site: MakeSite) -> None:
    site = make_site({"a.md": TEXT})
    record(only(site), [("stdout", "a < b\n"), ("result", "2")])
    body = only(site).body
    assert body.count('<pre data-kind="stdout">a &lt; b\n</pre>') == 2
    feed = feed_html(body, "https://example.org/")
    assert feed.count("<pre>a &lt; b\n</pre><pre>Value: 2</pre>") == 2
    assert "Run" not in feed


def test_a_source_that_changed_has_no_stale_output(make_site: MakeSite) -> None:
    site = make_site({"a.md": TEXT})
    record(only(site), [("result", "2")])
    changed = only(make_site({"a.md": TEXT.replace("x = 2", "x = 3")}))
    assert "data-kind" not in changed.body  # the second one's depends on the first, in one session
    relabelled = only(make_site({"a.md": TEXT.replace("session=s label", "session=s varies label")}))
    assert relabelled.body.count("data-kind") == 2


def test_the_file_is_stable_and_has_a_line_for_each_line(make_site: MakeSite) -> None:
    article = only(make_site({"a.md": TEXT}))
    record(article, [("stdout", "é\nb\n")])
    file = recorded.beside(article.file)
    text = file.read_text(encoding="utf-8")
    assert file.name == "a.outputs.json"
    assert '"é\\n",\n' in text
    assert list(json.loads(text)) == ["first", "second"]
    recorded.write(article.file, recorded.load(article.file))
    assert file.read_text(encoding="utf-8") == text
    recorded.write(article.file, {})
    assert not file.exists()


@pytest.mark.parametrize(("text", "line"), [("{\n x", 2), ("[]", None), ('{"a": {"source": "b"}}', None)])
def test_a_file_that_cannot_be_used_is_said(make_site: MakeSite, text: str, line: int | None) -> None:
    site = make_site({"a.md": TEXT})
    file = Path(site.source / "articles/a.outputs.json")
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ReaderlyError, match=r"mend it") as caught:
        only(site)
    assert (caught.value.file, caught.value.line) == (file, line)
