import pytest

from readerly.read_time.count import SECONDS_A_BLOCK, SECONDS_A_FORMULA, SECONDS_A_LINE, Count
from readerly.read_time.elements import VOID

LINE = "word " * 238


def count(html, language="en"):
    """Return the `Count` of `html`, plain tags and text, without a parser that one of the interpreters lacks."""
    result = Count(language)
    for place, piece in enumerate(html.split("<")):
        tag, _, text = piece.partition(">") if place else ("", "", piece)
        if tag.startswith("/"):
            result.end(tag[1:])
        elif tag:
            name, _, rest = tag.partition(" ")
            attributes = {}
            for word in rest.split():
                key, _, value = word.partition("=")
                attributes[key] = value.strip('"')
            result.start(name, attributes)
        if text:
            result.text(text)
    return result


def test_words_take_a_minute_per_238_in_english():
    assert count("<p>" + LINE + "</p>").seconds() == pytest.approx(60)


def test_words_take_longer_where_readers_of_the_language_do():
    assert count("<p>" + LINE + "</p>", "de").seconds() == pytest.approx(60 * 238 / 177)


def test_length_is_in_words_and_weighs_in_what_is_no_word():
    assert count("<p>" + LINE + "</p>").length() == pytest.approx(238)
    assert count('<img alt="A map">').length() == pytest.approx(12 * 238 / 60)


@pytest.mark.parametrize(("seconds", "minutes"), [(0, 1), (29, 1), (89, 1), (91, 2), (149, 2), (151, 3)])
def test_minutes_are_the_nearest_and_never_none(seconds, minutes):
    text = Count()
    text.text("word " * int(seconds * 238 / 60 + 0.5))
    assert text.minutes() == minutes


def test_inline_elements_do_not_part_words():
    assert count("<p>un<b>believ</b>able <em>stress</em>ed</p>").words == 2


def test_other_elements_part_words():
    assert count("<ul><li>one</li><li>two</li></ul>three<br>four<p>five</p>six").words == 6


def test_pieces_of_one_text_count_as_one():
    text = Count()
    for piece in ("wo", "rd an", "d ", "more"):
        text.text(piece)
    assert text.words == 3


def test_japanese_takes_more_than_a_minute_when_it_is_long():
    japanese = count("<p>" + "\u65e5\u672c\u8a9e\u306e\u6587\u7ae0\u3067\u3059\u3002" * 500 + "</p>", "ja")
    assert japanese.characters == 4000
    assert japanese.minutes() == 8


@pytest.mark.parametrize(
    ("text", "language", "characters"),
    [("\u6f22", "zh", 335), ("\u6f22", "ja", 483), ("\u3042", "en", 483), ("\u6f22", "en", 335)],
)
def test_characters_take_as_long_as_in_their_language(text, language, characters):
    assert count(text * characters, language).seconds() == pytest.approx(60)


def test_each_part_counts_at_the_rate_of_the_nearest_language():
    mixed = "<p>" + LINE + "</p><div lang=de><p>" + "wort " * 177 + "<i lang=en>" + LINE + "</i></p></div>" + LINE
    assert count(mixed).seconds() == pytest.approx(240)


def test_an_empty_lang_changes_nothing():
    assert count('<p lang="">' + LINE + "</p>").seconds() == pytest.approx(60)


def test_thai_counts_by_the_letters_of_a_word():
    thai = count("\u0e21\u0e19\u0e38\u0e29\u0e22\u0e4c" * 41, "th")
    assert thai.words == 60
    assert thai.characters == 0


def test_a_long_table_is_not_read_to_its_end():
    row = "<tr><td>one</td><td>two three</td></tr>"
    assert count("<table>" + row * 10 + "</table>").seconds() == pytest.approx(30 * 60 / 238)
    assert count("<table>" + row * 1000 + "</table>").seconds() == pytest.approx(SECONDS_A_BLOCK)
    nested = "<table><tr><td><table>" + row * 1000 + "</table></td></tr></table>"
    assert count(nested + "<p>" + LINE).seconds() == pytest.approx(SECONDS_A_BLOCK + 60)


def test_formulas_count_as_wholes():
    inline = count("<p>if <math><mi>a</mi><mo>=</mo><mi>b</mi></math> then</p>")
    assert (inline.words, inline.formulas) == (2, 1)
    assert inline.seconds() == pytest.approx(2 * 60 / 238 + SECONDS_A_FORMULA)
    assert count("<math display=block><mi>a</mi></math>").seconds() == pytest.approx(3 * SECONDS_A_FORMULA)


@pytest.mark.parametrize("name", ["visually-hidden", "sr-only", "screen-reader-text"])
def test_text_for_screen_readers_only_is_not_counted(name):
    assert count("<p>seen <span class=" + name + ">unseen</span></p>").words == 1


def test_images_take_twelve_seconds_then_one_less_each_down_to_three():
    seconds = [count('<img alt="A">' * images).seconds() for images in range(1, 13)]
    taken = [seconds[0]] + [after - before for before, after in zip(seconds[:-1], seconds[1:])]
    assert taken == [12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 3, 3]


@pytest.mark.parametrize(
    "html",
    ['<img alt="">', '<img width="20" alt="wave">', "<svg><text>axis label</text></svg>", '<img hidden alt="x">'],
)
def test_decoration_and_icons_take_no_time(html):
    assert count(html).seconds() == 0


def test_a_chart_is_one_image_and_its_labels_are_no_text():
    chart = count('<svg role="img"><title>Sales</title><g><text>one two</text></g></svg>')
    assert (chart.images, chart.words) == (1, 0)


def test_code_counts_by_lines_with_something_on_them():
    block = count("<pre><code>a = 1\n\n   \n<span>for</span> <span>x</span> in y:\n    pass\n</code></pre>")
    assert (block.lines, block.words) == (3, 0)
    assert block.seconds() == 3 * SECONDS_A_LINE


def test_what_is_hidden_within_code_is_no_line():
    assert count("<pre>a\n<span hidden>b\n</span>c</pre>").lines == 2


def test_a_line_of_data_is_a_line_and_a_long_listing_is_skimmed():
    assert count("<pre>" + "1, " * 10000 + "</pre>").seconds() == SECONDS_A_LINE
    assert count("<pre>" + "x = 1\n" * 5000 + "</pre>").seconds() == SECONDS_A_BLOCK


def test_each_block_of_code_has_its_own_limit():
    assert count("<pre>x\n</pre>" * 100).seconds() == 100 * SECONDS_A_LINE


def test_code_within_a_sentence_is_words():
    assert count("<p>Call <code>print(x)</code> twice</p>").words == 3


def test_a_sample_counts_its_source_and_none_of_its_controls():
    sample = (
        '<code-sample label="x"><pre><code>print(1)\nprint(2)</code></pre>'
        '<div data-part="bar"><div role="group"><button>Run</button><button>Stop</button></div>'
        '<p role="status">Ready</p></div><div role="log">1\n2\n3\n</div></code-sample>'
    )
    assert (count(sample).lines, count(sample).words) == (2, 0)


def test_a_sample_counts_the_same_while_an_editor_hides_its_source():
    edited = '<code-sample live="1"><div data-part="editor"></div><pre hidden>print(1)\nprint(2)</pre></code-sample>'
    assert count(edited).lines == 2


@pytest.mark.parametrize(
    "html",
    [
        "<script>let not text</script>",
        "<style>p text</style>",
        "<template><p>later</p></template>",
        "<noscript>no script</noscript>",
        '<p hidden="">gone</p>',
        '<p hidden="until-found">gone</p>',
        '<div aria-hidden="true"><p>gone</p></div>',
        "<button>Press</button>",
        "<nav><a>Contents</a></nav>",
        "<iframe>Old browser</iframe>",
        "<video><p>Old browser</p></video>",
        "<read-time>7 min read</read-time>",
        "<hearts-button><form><button>Heart</button><span>3 hearts</span></form></hearts-button>",
    ],
)
def test_what_is_not_read_is_not_counted(html):
    text = count("<p>before</p>" + html + "<p>after</p>")
    assert text.words == 2
    assert text.seconds() == pytest.approx(2 * 60 / 238)


def test_hidden_content_stays_uncounted_however_deep():
    assert count("<div hidden>" + "<div>" * 500 + "deep" + "</div>" * 500 + "x</div>seen").words == 1


def test_aria_hidden_false_is_not_hidden():
    assert count('<p aria-hidden="false">seen</p>').words == 1


def test_closed_details_count_their_summary_only():
    assert count("<details>stray<summary>more <b>here</b></summary>one<p>two</p></details>end").words == 3
    assert count('<details open=""><summary>more</summary>one two</details>').words == 3


def test_ruby_glosses_are_not_read_twice():
    text = count("<p><ruby>\u6f22\u5b57<rp>(</rp><rt>\u304b\u3093\u3058</rt><rp>)</rp></ruby></p>", "ja")
    assert (text.words, text.characters) == (0, 2)


def test_void_elements_need_no_end():
    for name in sorted(VOID):
        assert count("<p>one<" + name + " hidden>two</p>").words in (1, 2), name
        assert count("<p><" + name + " hidden></p><p>seen</p>").words == 1, name


def test_an_end_of_a_void_element_is_ignored():
    text = Count()
    text.start("p", {})
    text.start("br", {})
    text.end("br")
    text.end("p")
    text.text("seen")
    assert text.words == 1


def test_unclosed_elements_close_with_the_one_around_them():
    assert count("<div><p hidden><span>gone</div>seen").words == 1


def test_an_end_that_nothing_opened_is_ignored():
    assert count("</div></p>one</section>").words == 1


@pytest.mark.parametrize(
    "html",
    [
        "<p hidden>gone<p>seen",
        "<p hidden>gone<ul><li>seen</ul>",
        "<ul><li hidden>gone<li>seen</ul>",
        "<tr><td hidden>x<td>y",
    ],
)
def test_end_tags_that_html_lets_one_leave_out_are_understood(html):
    assert count(html).words == 1


def test_fifty_thousand_words_and_ten_thousand_elements_are_counted():
    assert count("<p>" + "word <b>bold</b> and more text " * 10000 + "</p>").words == 50000
