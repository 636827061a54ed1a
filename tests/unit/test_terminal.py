import pytest

from readerly.code_sample.terminal import NONE, Terminal, attributes, nodes, plain, settled, styled, units


def runs(*pieces):
    """Return what stands after these pieces were fed, as (style, text)."""
    terminal, shown = Terminal(), []
    for each in pieces:
        back, more = terminal.feed(each)
        while back:
            style, text = shown.pop()
            cut = min(back, units(text))
            back -= cut
            if units(text) > cut:
                shown.append((style, text[: len(text) - cut]))
        shown += more
    found = []
    for style, text in shown:
        if found and found[-1][0] == style:
            found[-1] = (style, found[-1][1] + text)
        else:
            found.append((style, text))
    return found


def text(*pieces):
    return "".join([each for _, each in runs(*pieces)])


@pytest.mark.parametrize(
    ("said", "style"),
    [
        ("31", ("1", "", "")),
        ("1;91", ("9", "", "bold")),
        ("44", ("", "4", "")),
        ("107", ("", "15", "")),
        ("38;5;208", ("#ff8700", "", "")),
        ("48;5;3", ("", "3", "")),
        ("38;2;1;2;255", ("#0102ff", "", "")),
        ("38:2::1:2:255", ("#0102ff", "", "")),
        ("38:5:208", ("#ff8700", "", "")),
        ("2;3;4;7;9", ("", "", "dim inverse italic strike underline")),
        ("4:3", ("", "", "underline")),
        ("38;5;999", ("", "", "")),
        ("38;9;1", ("", "", "bold")),
        ("38", ("", "", "")),
        ("5;8;73", ("", "", "")),
        ("?25", ("", "", "")),
    ],
)
def test_what_a_sequence_switches_on(said, style):
    assert styled(NONE, said) == style


def test_what_a_sequence_switches_off():
    on = styled(NONE, "1;2;3;4;7;9;31;42")
    assert styled(on, "") == NONE
    assert styled(on, "0;1") == ("", "", "bold")
    assert styled(on, "22;23;24;27;29;39;49") == NONE
    assert styled(on, "4:0")[2] == "bold dim inverse italic strike"


def test_a_sequence_may_come_in_pieces():
    whole = "a\x1b[1;31mb\x1b[0mc\x1b]8;;https://x\x1b\\d\x1b]0;title\x07e\x1b(Bf\n"
    wanted = runs(whole)
    assert "".join([each for _, each in wanted]) == "abcdef\n"
    for at in range(1, len(whole)):
        assert runs(whole[:at], whole[at:]) == wanted
    assert runs(*whole) == wanted


@pytest.mark.parametrize(
    "said",
    [
        "\x1b[2J",
        "\x1b[?25l",
        "\x1b[10;20H",
        "\x1bM",
        "\x1b7",
        "\x1b=",
        "\x1b(0",
        "\x1bPq...\x1b\\",
        "\x07",
        "\x00",
        "\x9b1m",
    ],
)
def test_what_is_not_known_is_not_shown(said):
    assert text("a" + said + "b") == "ab"


def test_a_sequence_without_an_end_is_not_kept_for_ever():
    terminal = Terminal()
    for _ in range(100):
        terminal.feed("\x1b]0;" + "x" * 1000)
    assert len(terminal._pending) < 10
    assert terminal.feed("\x07b") == (0, [(NONE, "b")])
    for _ in range(100):
        terminal.feed("\x1b[" + "1;" * 1000)
    assert len(terminal._pending) < 200


def test_a_sequence_that_is_broken_off_ends():
    assert text("a\x1b[3\nb") == "a\nb"


def test_a_line_is_written_over():
    assert text("10 %\r", "20 %\r", "100 %\n", "done\n") == "100 %\ndone\n"
    assert text("abcdef\rxy\n") == "xycdef\n"
    assert text("one\ntwo", "\rsix\nten") == "one\nsix\nten"
    assert text("one\r\n", "two\r", "\n") == "one\ntwo\n"


def test_a_line_is_written_over_in_colour():
    wanted = [(("1", "", ""), "xy"), (NONE, "c\n")]
    assert runs("abc", "\r\x1b[31mxy\x1b[0m\n") == wanted
    assert runs("abc\r\x1b[31mxy\x1b[0m\n") == wanted


def test_backspace_goes_back_and_not_over_the_line():
    assert text("ab\bc\n") == "ac\n"
    assert text("ab", "\b", "c\n") == "ac\n"
    assert text("\b\ba\n") == "a\n"


def test_a_line_is_erased():
    assert text("abcdef", "\r\x1b[Kxy\n") == "xy\n"
    assert text("abcdef\x1b[3G\x1b[K\n") == "ab\n"
    assert text("abcdef", "\x1b[2K\rx\n") == "x\n"
    assert text("abc\x1b[2DX\n") == "aXc\n"


def test_how_much_goes_is_counted_as_javascript_does():
    terminal = Terminal()
    terminal.feed("a\n\U0001f375\U0001f375")
    assert terminal.feed("\rtea!")[0] == 4


def test_a_terminal_that_begins_anew_has_its_colour():
    terminal = Terminal()
    terminal.feed("\x1b[32mab")
    terminal.begin()
    assert terminal.feed("\rc") == (0, [(("2", "", ""), "c")])


def test_what_an_element_says():
    assert attributes(("1", "", "bold"), "x") == {"data-ansi": "bold fg-1"}
    assert attributes(("1", "", "inverse"), "x") == {"data-ansi": "bg-1"}
    assert attributes(("", "", "inverse"), "x") == {"data-ansi": "inverse"}
    assert attributes(("1", "4", ""), "x") == {"data-ansi": "bg-4"}
    assert attributes(("#ffff00", "", ""), "x")["data-fg"].split(" ")[1] == "#ffff00"
    assert attributes(("#ffff00", "#ffffff", ""), "x")["data-fg"] == "#000000"
    assert attributes(("#ffff00", "#ffffff", ""), "\u2580")["data-fg"] == "#ffff00"


def test_nodes_are_text_where_there_is_no_colour():
    assert nodes("plain\n") == ["plain\n"]
    made = nodes("a \x1b[31mred\x1b[0m\n")
    assert [made[0], made[1].attributes, made[1].children, made[2]] == ["a ", {"data-ansi": "fg-1"}, ("red",), "\n"]


@pytest.mark.parametrize(
    "said", ["plain", "\x1b[31mred\x1b[0m", "1\r2\r3", "\x1b[1;94;48;5;208mx", "\x1b[3;100ma\x1b[7mb\n", "\x1b[2Kx"]
)
def test_what_is_settled_looks_the_same(said):
    assert runs(settled(said)) == runs(said)
    assert settled(settled(said)) == settled(said)
    assert plain(settled(said)) == plain(said)
    assert "\r" not in settled(said)
