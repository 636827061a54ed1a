import sys

import pytest

from readerly.code_sample.sandbox.output import BURST, LIMIT, PER_SECOND, Outlet, stream


class Clock:
    """A clock that stands still until it is set."""

    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def said():
    return []


@pytest.fixture
def outlet(said, clock):
    return Outlet(lambda kind, text: said.append((kind, text)), clock)


def text_of(said, kind):
    return "".join(text for each, text in said if each == kind)


def test_a_program_that_prints_now_and_then_never_waits(outlet, said):
    for number in range(BURST):
        outlet.write("stdout", f"{number}\n")
        assert said[-1] == ("stdout", f"{number}\n")


def test_a_flood_leaves_in_few_messages_and_nothing_is_lost(outlet, said):
    for number in range(10_000):
        outlet.write("stdout", f"{number}\n")
    outlet.close()
    assert len(said) <= BURST + 2
    assert text_of(said, "stdout") == "".join(f"{number}\n" for number in range(10_000))


def test_a_flood_goes_on_being_shown_as_time_goes_by(outlet, said, clock):
    for _ in range(1000):
        outlet.write("stdout", "x\n")
    before = len(said)
    clock.now += 1
    for _ in range(1000):
        outlet.write("stdout", "x\n")
    assert 0 < len(said) - before <= PER_SECOND + 1


def test_the_order_of_the_streams_is_kept(outlet, said):
    for _ in range(BURST):
        outlet.write("stdout", "")
        outlet.write("stdout", "x")
    for kind in ("stdout", "stdout", "stderr", "stdout"):
        outlet.write(kind, kind[3])
    outlet.close()
    assert said[BURST:] == [("stdout", "oo"), ("stderr", "e"), ("stdout", "o")]


def test_more_than_the_limit_is_counted_and_not_sent(outlet, said):
    outlet.write("stdout", "x" * (LIMIT - 1))
    outlet.write("stdout", "ab\nc\nd\n")
    outlet.write("stdout", "e\n")
    outlet.close()
    assert len(text_of(said, "stdout")) == LIMIT
    assert said[-1][0] == "notice"
    assert "4 lines more" in said[-1][1]


def test_within_the_limit_there_is_no_notice(outlet, said):
    outlet.write("stdout", "x\n")
    outlet.close()
    assert said == [("stdout", "x\n")]


def test_captured_takes_both_streams_over_and_gives_them_back(outlet, said):
    before = sys.stdout, sys.stderr
    with outlet.captured():
        print("out")
        print("err", file=sys.stderr)
    assert (sys.stdout, sys.stderr) == before
    assert (text_of(said, "stdout"), text_of(said, "stderr")) == ("out\n", "err\n")


def test_bytes_can_be_written_and_broken_ones_are_replaced(outlet, said):
    pipe = stream(outlet, "stdout")
    pipe.buffer.write("é".encode()[:1])
    pipe.buffer.write("é".encode()[1:])
    pipe.buffer.write(b"\xff")
    assert text_of(said, "stdout") == "é\ufffd"


def test_a_half_character_is_no_message(outlet, said):
    stream(outlet, "stdout").buffer.write(b"\xc3")
    assert said == []
