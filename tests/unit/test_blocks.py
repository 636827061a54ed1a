from readerly.code_sample.blocks import CHARACTERS, LINES, Pieces, block
from readerly.page.markup import to_html


def test_text_is_the_same_in_pieces():
    text = "".join(["line " + str(number) + "\n" for number in range(1000)]) + "and an end"
    for size in (1, 7, 100, 5000, 100000):
        pieces = Pieces()
        whole = []
        for at in range(0, len(text), size):
            first, *others = pieces.part(text[at : at + size])
            if whole:
                whole[-1] += first
            else:
                whole = [first]
            whole += others
        assert "".join(whole) == text
        assert len(whole) == 11
        assert all(each.endswith("\n") for each in whole[:-1])


def test_a_piece_of_long_lines_has_fewer():
    pieces = Pieces().part(("x" * CHARACTERS + "\n") * 5)
    assert len(pieces) == 5


def test_a_line_is_never_parted():
    pieces = Pieces()
    for _ in range(10):
        assert pieces.part("x" * CHARACTERS) == ["x" * CHARACTERS]
    assert pieces.part("\nnext") == ["\n", "next"]


def test_a_full_piece_is_left_alone():
    pieces = Pieces()
    pieces.part("x\n" * LINES)
    assert pieces.part("y\n") == ["", "y\n"]


def test_stdout_has_no_label():
    expected = '<pre data-kind="stdout"><span class="readerly-lines">1 &lt; 2\n</span></pre>'
    assert to_html(block("stdout", "1 < 2\n")) == expected


def test_other_kinds_are_told_apart_by_words():
    for kind in ("stderr", "result", "error", "notice", "capped"):
        assert '<span class="readerly-label">' in to_html(block(kind, "x"))
