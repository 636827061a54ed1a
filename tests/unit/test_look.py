import pytest

from readerly.hearts.look import face, wrong
from readerly.page.markup import to_html


@pytest.mark.parametrize(
    ("label", "icon"),
    [
        (None, None),
        ("Applaud", None),
        (None, "\u2605"),
        ("Thanks!", "\U0001f44f\U0001f3fd"),
        (" x ", " ! "),
        ("x" * 40, "\u611b"),
    ],
)
def test_what_can_be_used(label, icon):
    assert wrong(label, icon) == ""


@pytest.mark.parametrize("label", ["", "  ", "x" * 41])
def test_a_name_that_cannot_be_used(label):
    assert wrong(label, None) == 'label="' + label + '": the name of the button has from 1 to 40 characters.'


@pytest.mark.parametrize("icon", ["", " ", "star", "icons/star.svg", "<3", "\u2605" * 9])
def test_a_sign_that_cannot_be_used(icon):
    said = wrong("Applaud", icon)
    assert said.startswith('icon="' + icon + '": it is one character or emoji')
    assert said.endswith(".")


def test_the_face():
    assert [node.children for node in face("Applaud", " \u2605 ")] == [("\u2605",), ("Applaud",)]
    assert "<svg" in to_html(face("Applaud", None))
    assert to_html(face(None, "\u2605")).endswith("<span>Heart</span>")
