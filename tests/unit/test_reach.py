import pytest

from readerly.code_sample.reach import REQUESTS, refusal

TEA = "https://tea.example"


def why(method="GET", headers=(), url=TEA + "/x", origin=TEA, allowed=(TEA,), made=0):
    return refusal(method, list(headers), url, origin, list(allowed), made)


def test_what_the_author_allows_is_asked():
    assert why() is None
    assert why(headers=["accept", "accept-language"], made=REQUESTS - 1) is None


@pytest.mark.parametrize(
    ("asked", "says"),
    [
        ({"origin": ""}, "https://tea.example/x is no address on the web; write it whole, with https://"),
        (
            {"origin": "https://milk.example"},
            "This sample may not ask https://milk.example: it may ask https://tea.example. Its author allows one by "
            'the attribute connect="https://milk.example"',
        ),
        (
            {"allowed": ()},
            "This sample may not ask https://tea.example: it may ask no host. Its author allows one by the",
        ),
        ({"method": "POST"}, "A sample may only GET, not POST"),
        ({"headers": ["authorization"]}, "A sample may not send the header authorization; leave it out"),
        ({"made": REQUESTS}, "This run has asked other hosts 50 times, and may not more often"),
    ],
)
def test_what_is_not_is_refused_with_a_sentence(asked, says):
    assert str(why(**asked)).startswith(says)
