"""What the tags' markup promises to readers without JavaScript, to assistive technology and to tests."""

from readerly.code_sample import view as code_sample
from readerly.hearts import view as hearts
from readerly.page.markup import Element, to_html
from readerly.view_count import view as view_count


def elements(node, name):
    """Return the elements called `name` in a tree, in order."""
    if isinstance(node, (list, tuple)):
        return [found for child in node for found in elements(child, name)]
    if not isinstance(node, Element):
        return []
    return ([node] if node.name == name else []) + elements(node.children, name)


def text(node):
    if isinstance(node, (list, tuple)):
        return "".join([text(child) for child in node])
    return text(node.children) if isinstance(node, Element) else str(node)


def with_role(node, role):
    return [
        found for name in ("div", "p", "span") for found in elements(node, name) if found.attributes.get("role") == role
    ]


def test_a_sample_has_the_buttons_that_are_its_public_interface():
    buttons = elements(code_sample.sample("print(1)", {}), "button")
    assert [text(button) for button in buttons] == ["Run", "Stop", "Reset", "Copy", "Edit", "Retry"]
    assert {button.attributes["type"] for button in buttons} == {"button"}


def test_a_sample_has_nothing_to_stop_yet():
    disabled = [text(each) for each in elements(code_sample.bar(), "button") if each.attributes.get("disabled")]
    assert disabled == ["Stop"]


def test_a_samples_output_is_a_hidden_log_named_output():
    (log,) = with_role(code_sample.sample("", {}), "log")
    assert log.attributes["aria-label"] == "Output"
    assert log.attributes["hidden"] is True


def test_recorded_output_stands_in_the_log_kind_by_kind():
    blocks = [code_sample.message("stdout", "\n<b>\n"), code_sample.message("result", "4")]
    (log,) = with_role(code_sample.sample("", {}, blocks), "log")
    assert not log.attributes["hidden"]
    assert [(each.attributes["data-kind"], text(each)) for each in log.children] == [
        ("stdout", "\n<b>\n"),
        ("result", "Value: 4"),
    ]
    assert '<pre data-kind="stdout">\n\n&lt;b&gt;\n</pre>' in to_html(log)  # a parser takes one line break away


def test_a_sample_says_what_is_going_on_in_a_status():
    assert len(with_role(code_sample.bar(), "status")) == 1


def test_a_sample_can_be_read_without_javascript():
    html = to_html(code_sample.sample("if 1 < 2:\n    print()", {"session": "intro", "label": None}))
    assert html.startswith('<code-sample session="intro"><pre')
    assert "if 1 &lt; 2:\n    print()</code></pre>" in html


def test_a_samples_label_names_its_buttons_group():
    assert with_role(code_sample.bar("Primes"), "group")[0].attributes["aria-label"] == "Primes"
    assert with_role(code_sample.bar(), "group")[0].attributes["aria-label"]


def test_the_heart_is_a_button_called_heart_in_a_form_that_works_by_itself():
    nodes = hearts.button("/api/heart?path=/a", "3 hearts")
    (form,) = elements(nodes, "form")
    assert (form.attributes["method"], form.attributes["action"]) == ("post", "/api/heart?path=/a")
    press = elements(nodes, "button")[0]
    assert text(press) == "Heart"
    assert (press.attributes["name"], press.attributes["value"]) == ("on", "true")
    assert "3 hearts" in text(form)


def test_the_heart_can_be_taken_back_without_javascript():
    values = [each.attributes["value"] for each in elements(hearts.button("/x", ""), "button")]
    assert "false" in values


def test_the_hearts_drawing_is_hidden_from_screen_readers():
    assert hearts.icon().attributes["aria-hidden"] == "true"


def test_a_count_keeps_its_place_before_it_is_known():
    html = to_html(view_count.placeholder("view-count", "\u2013 views"))
    assert html.startswith("<view-count>")
    assert "\u2013 views" in html
