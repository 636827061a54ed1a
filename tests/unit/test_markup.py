import pytest

from readerly.page.markup import VOID, Markup, escape, h, shown, to_html


def test_an_element_with_attributes_and_children():
    assert to_html(h("p", {"class": "note"}, "one ", h("b", None, "two"))) == '<p class="note">one <b>two</b></p>'


def test_text_is_escaped():
    assert to_html(h("p", None, '<script>alert("&")</script>')) == (
        "<p>&lt;script&gt;alert(&quot;&amp;&quot;)&lt;/script&gt;</p>"
    )


def test_attributes_are_escaped():
    assert (
        to_html(h("a", {"title": '"><b onclick="x"&'})) == '<a title="&quot;&gt;&lt;b onclick=&quot;x&quot;&amp;"></a>'
    )


@pytest.mark.parametrize(
    ("value", "html"), [(None, "<p></p>"), (False, "<p></p>"), (True, "<p hidden></p>"), (3, '<p hidden="3"></p>')]
)
def test_attributes_that_are_no_text(value, html):
    assert to_html(h("p", {"hidden": value})) == html


def test_attributes_stand_in_alphabetical_order_on_every_interpreter():
    names = ["title", "class", "id", "data-part", "aria-label", "role"]
    assert [name for name, _ in shown(dict.fromkeys(names, "x"))] == sorted(names)


@pytest.mark.parametrize("name", VOID)
def test_void_elements_have_no_end(name):
    assert to_html(h(name)) == "<" + name + ">"


def test_lists_and_numbers_are_children_too():
    assert to_html([h("b", None, 1), " & ", h("i", None, [2, "<"])]) == "<b>1</b> &amp; <i>2&lt;</i>"


def test_markup_is_taken_as_it_is():
    assert to_html(h("code", None, Markup("<span>x</span>"))) == "<code><span>x</span></code>"


def test_elements_do_not_share_their_attributes():
    first, second = h("p"), h("p")
    first.attributes["id"] = "x"
    assert second.attributes == {}


def test_escape_escapes_once():
    assert escape("&lt;") == "&amp;lt;"
