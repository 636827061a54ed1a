import sys

import pytest

from readerly.code_sample.sandbox.output import (
    BURST,
    LIMIT,
    LINE,
    LINES,
    MESSAGE,
    PER_SECOND,
    TICK,
    Outlet,
    settled,
    stream,
)


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
    assert len(said) <= BURST + 10
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


def test_more_lines_than_the_limit_are_counted_exactly_and_not_sent(outlet, said):
    with outlet.captured():
        for number in range(1_000_000):
            print(number)
    outlet.close()
    assert text_of(said, "stdout") == "".join(f"{number}\n" for number in range(LINES))
    assert said[-1] == ("capped", f"\u2026 {1_000_000 - LINES:,} lines more")


def test_what_is_left_out_is_told_while_it_grows(outlet, said, clock):
    for _ in range(4):
        outlet.write("stdout", "x\n" * LINES)
        clock.now += TICK
    assert [text for kind, text in said if kind == "capped"] == [
        "\u2026 10,000 lines more",
        "\u2026 20,000 lines more",
        "\u2026 30,000 lines more",
    ]


def test_a_long_line_is_cut_and_the_next_one_is_shown(outlet, said):
    outlet.write("stdout", "x" * 1_000_000)
    outlet.write("stdout", "x\nshort\n")
    outlet.close()
    assert text_of(said, "stdout") == "x" * LINE + "\u2026\nshort\n"
    assert said[-1] == ("capped", f"\u2026 {1_000_001 - LINE:,} characters more")


def test_more_characters_than_the_limit_are_not_sent(outlet, said):
    line = "x" * 99 + "\n"
    outlet.write("stdout", line * 9000)
    outlet.close()
    assert LIMIT <= len(text_of(said, "stdout")) <= LIMIT + LINES
    assert said[-1][0] == "capped"
    assert text_of(said, "stdout").count("\n") + outlet.lines_left_out == 9000


def test_no_message_is_longer_than_the_page_takes_in_at_a_time(outlet, said):
    outlet.write("stdout", ("x" * 70 + "\n") * 5000)
    assert max(len(text) for _, text in said) == MESSAGE


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


def test_what_is_written_over_takes_no_room(outlet, said):
    for number in range(100_000):
        outlet.write("stdout", f"\r{number:>50}")
    outlet.write("stdout", "\nafter\n")
    outlet.close()
    shown = text_of(said, "stdout")
    assert shown.endswith(f"\r{99_999:>50}\nafter\n")
    assert len(shown) < 100_000
    assert not text_of(said, "capped")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a\rb", "a\rb"),
        ("a\rbb\rcc\nd", "a\rcc\nd"),
        ("\rlonger\rs\rt", "\rlonger\rt"),
        ("\r\x1b[31ma\x1b[0m\r\x1b[31mb\x1b[0m", "\r\x1b[31mb\x1b[0m"),
        ("\r\x1b[31ma\rb", "\r\x1b[31ma\rb"),
    ],
)
def test_only_the_newest_of_a_line_is_sent(text, wanted):
    assert settled(text) == wanted
