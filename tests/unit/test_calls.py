from readerly.code_sample.calls import active, name

DUMP = ["obj", "/", "fp: int", "*rest", "indent: int | None = None", "**more"]


def test_arguments_go_by_their_place():
    assert [DUMP[active(DUMP, index, "")] for index in (0, 1, 2, 7)] == ["obj", "fp: int", "*rest", "*rest"]


def test_arguments_go_by_their_name():
    assert active(DUMP, 2, "indent") == 4
    assert active(DUMP, 0, "fp") == 2
    assert active(DUMP, 2, "else") == 5


def test_too_many_arguments_are_for_none():
    assert active(["x"], 1, "") == -1
    assert active(["x", "*", "y"], 1, "") == -1
    assert active(["x", "**more"], 1, "") == -1
    assert active(["x"], 0, "z") == -1
    assert active([], 0, "") == -1


def test_a_parameter_has_a_name():
    assert [name(each) for each in ("x", "x=':'", "x: dict = {}", "*rest")] == ["x", "x", "x", "*rest"]
