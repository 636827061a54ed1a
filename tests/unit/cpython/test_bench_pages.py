"""The pages that `make bench` measures against."""

import html

import pytest

from readerly_site.pins import Pin

from ...bench import cdn, peer_pages
from ...bench.pinned import MARIMO, THEBE

ARTICLE = """<p>Before</p>
<code-sample label="x"><pre tabindex="0"><code class="language-python"><span class="k">if</span> 1 &lt; 2:
    <span>print</span>(<span>"&amp;"</span>)
</code></pre><div>Run</div></code-sample>
<code-sample><pre>second</pre></code-sample>
"""


def test_the_first_sample_is_taken_without_its_markup():
    assert peer_pages.first_sample(ARTICLE) == 'if 1 < 2:\n    print("&")'


def test_a_page_without_a_sample_is_told():
    with pytest.raises(AssertionError, match="no sample"):
        peer_pages.first_sample("<p>Nothing to run</p>")


def test_a_start_that_is_not_known_is_told():
    assert peer_pages.plain('<head><script type="module" src="/readerly/boot.mjs"></script></head>') == "<head></head>"
    with pytest.raises(AssertionError, match="starts Readerly"):
        peer_pages.plain('<script>import("/readerly/boot.mjs")</script>')


def test_the_source_stands_in_pages_as_text():
    known = {"source": html.escape('print("<b>")')}
    assert b"print(&quot;&lt;b&gt;&quot;)" in peer_pages.filled("floor.html", known)


@pytest.mark.parametrize(
    ("url", "name"),
    [
        (f"https://cdn.jsdelivr.net/npm/{MARIMO.name}@{MARIMO.version}/dist/main.js", "dist/main.js"),
        (f"https://unpkg.com/thebe@{THEBE.version}/lib/index.js?module", "lib/index.js"),
        (f"https://unpkg.com/thebe@{THEBE.version}/lib/none.js", None),
        ("https://unpkg.com/thebe@0.0.1/lib/index.js", None),
        ("https://fonts.googleapis.com/css2?family=Lora", None),
    ],
)
def test_other_hosts_are_answered_from_the_packages_that_hold_the_file(url, name, tmp_path, monkeypatch):
    def unpacked(pin: Pin):
        for each in ("dist/main.js", "lib/index.js"):
            (tmp_path / pin.name / each).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / pin.name / each).touch()
        return tmp_path / pin.name

    monkeypatch.setattr(cdn, "unpacked", unpacked)
    found = cdn.held(url)
    assert (found and found.as_posix().endswith(name)) if name else found is None
