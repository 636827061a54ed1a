"""What a sample says of a run whose output its author recorded."""

from readerly.code_sample.comparison import compared, view
from readerly.page.markup import to_html


def test_the_same_output_adds_a_few_words_and_shows_nothing():
    said, shown = compared([("stdout", "a\n")], [("stdout", "a\n")], False)
    assert (said, shown) == ("; same as the author\u2019s", None)


def test_another_output_is_said_and_shown():
    said, shown = compared([("stdout", "a\n")], [("stdout", "b\n")], False)
    assert said == "; differs from the author\u2019s"
    assert shown is not None
    assert shown.attributes["open"] is True


def test_who_edited_the_source_is_not_told_that_its_output_differs():
    said, shown = compared([("stdout", "a\n")], [("stdout", "b\n")], True)
    assert said == ""
    assert shown is not None
    assert shown.attributes["open"] is False


def test_what_differs_is_told_without_colour():
    html = to_html(view([("author", "b"), ("now", "<c>")], True))
    assert '<del><span class="readerly-label">Author: </span>b\n</del>' in html
    assert '<ins><span class="readerly-label">Now: </span>&lt;c&gt;\n</ins>' in html
