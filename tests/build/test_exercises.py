"""Exercises in articles: the fences that fold into a sample, and what is wrong with them."""

import pytest

from readerly_site.article import Article, read_all
from readerly_site.errors import ReaderlyError
from readerly_site.feed import feed_html

from .conftest import MakeSite

RUN = "```python run label=Sums\ntotal = 0\n```\n\n"
CHECK = '```python check\nassert total == 6, "Add <up>."\n```\n\n'
HINT = "```markdown hint\nThe *function* `sum`, and [more](https://example.org/).\n```\n\n"
SOLUTION = "```python solution\ntotal = sum([1, 2, 3])\n```\n\n"


def article(make_site: MakeSite, text: str) -> Article:
    (found,) = read_all(make_site({"a.md": text}))
    return found


def test_fences_fold_into_the_sample_above(make_site: MakeSite) -> None:
    found = article(make_site, RUN + CHECK + HINT + SOLUTION + "After.")
    (sample,) = found.samples
    assert sample.exercise
    assert sample.exercise.solution
    assert (sample.exercise.check.line, sample.exercise.solution.line) == (10, 18)
    assert 'check="assert total == 6, &quot;Add &lt;up&gt;.&quot;' in found.body
    assert "<summary>Hint</summary><div><p>The <em>function</em> <code>sum</code>" in found.body
    assert '<summary>Solution</summary><pre tabindex="0"><code class="language-python">total = ' in found.body
    assert found.body.count("<pre") == 2
    assert found.body.count("<code-sample") == 1


def test_the_solution_alone_is_not_counted_as_reading(make_site: MakeSite) -> None:
    long = "```python solution\n" + "total += 1\n" * 400 + "```\n\n"
    assert article(make_site, RUN + CHECK + long).minutes == article(make_site, RUN + CHECK).minutes


def test_a_feed_has_neither_hint_nor_solution(make_site: MakeSite) -> None:
    html = feed_html(article(make_site, RUN + CHECK + HINT + SOLUTION + "After.").body, "https://example.org/")
    assert "total = 0" in html
    assert "After." in html
    assert "Hint" not in html
    assert "sum(" not in html
    assert "assert" not in html


def test_a_short_check_may_stand_in_the_samples_own_line(make_site: MakeSite) -> None:
    (sample,) = article(make_site, '```python run check="assert total == 6"\ntotal = 0\n```\n').samples
    assert sample.exercise
    assert sample.exercise.check.source == "assert total == 6"


def test_parts_in_a_list_belong_to_its_sample(make_site: MakeSite) -> None:
    text = "- One\n\n  ```python run\n  total = 0\n  ```\n\n  ```python check\n  assert total == 6\n  ```\n"
    assert article(make_site, text).samples[0].exercise


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (CHECK, ":6: this check is below no sample"),
        (RUN + "Words.\n\n" + CHECK, ":12: this check is below no sample"),
        ("```python\nx\n```\n\n" + HINT, ":10: this hint is below no sample"),
        (RUN + CHECK + CHECK, ":14: the sample above has two checks"),
        (RUN + CHECK + HINT + HINT, ":18: the sample above has two hints"),
        (RUN + SOLUTION, ":10: this solution belongs to an exercise, and the sample above has no check"),
        (RUN + "```python check\n\n```\n", ":10: the check is empty"),
        (RUN + "```python check\nx = 1\nif x\n```\n", ":12: the check is no Python: expected ':'"),
        (RUN + "```js check\nx\n```\n", ":10: a check is written in python"),
        (RUN + "```python hint\nx\n```\n", ":10: a hint is written in markdown"),
        (RUN + "```python run check\nx\n```\n", ":10: check stands alone"),
        (RUN + CHECK + "```markdown hint\nOne.\n\n# Two\n```\n", ":17: a hint has no headings"),
        (RUN + CHECK + "````markdown hint\n```python run\n1\n```\n````\n", ":15: a hint holds no samples"),
        (
            RUN + CHECK + "```markdown hint\n![](https://example.org/a.png)\n```\n",
            ":15: https://example.org/a.png is on",
        ),
        (RUN.replace("label=Sums", "readonly") + CHECK, ":10: check is for samples that a reader changes"),
        (RUN.replace("label=Sums", "setup") + CHECK, ":10: check is for samples that a reader changes"),
        (RUN.replace("label=Sums", "engine=micropython") + CHECK, ":10: check is not to be had with engine"),
        (RUN.replace("label=Sums", 'check="assert total"') + CHECK, ":10: the sample above has two checks"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(make_site: MakeSite, text: str, says: str) -> None:
    with pytest.raises(ReaderlyError) as caught:
        article(make_site, text)
    assert says in str(caught.value)
