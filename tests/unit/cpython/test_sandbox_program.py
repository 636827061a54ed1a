import ast

import pytest

from readerly.code_sample.sandbox.program import Program, read


def values(program: Program) -> list[object]:
    names: dict[str, object] = {}
    return [eval(code, names) for _, code in program.codes()]


def test_the_value_is_the_last_expressions():
    assert values(Program("a = 2\na + 1", "sample-1.py")) == [None, 3]
    assert values(Program("a = 2", "sample-1.py")) == [None]
    assert values(Program("", "sample-1.py")) == [None]
    assert values(Program(ast.parse("4"), "sample-1.py")) == [None, 4]


def test_statements_by_themselves_have_their_lines(capsys):
    program = Program("a = 2\n\na + 1\nfor n in range(2):\n    n", "sample-1.py", singly=True)
    assert [line for line, _ in program.codes()] == [1, 3, 4]
    assert values(program) == [None, None, None]
    assert capsys.readouterr().out == "3\n0\n1\n"


def test_what_runs_again_is_compiled_once():
    program = read("a = 2\na", "sample-1.py")
    codes = [code for _, code in program.codes()]
    again = read("a = 2\na", "sample-1.py")
    assert all(one is other for one, (_, other) in zip(codes, again.codes(), strict=True))
    assert values(again) == [None, 2]
    others = [read("a = 2\na", "sample-2.py"), read("a = 2\na", "sample-1.py", True), read("a = 3\na", "sample-1.py")]
    assert not any(code is each for other in others for _, code in other.codes() for each in codes)


def test_a_part_is_compiled_as_it_is_first_run():
    program = Program("a = 2\n(yield)", "sample-1.py")
    for _ in range(2):
        codes = program.codes()
        assert eval(next(codes)[1], {}) is None
        with pytest.raises(SyntaxError, match="'yield' outside function"):
            next(codes)


def test_what_is_no_python_is_said_each_time():
    for _ in range(2):
        with pytest.raises(SyntaxError) as said:
            read("a = (", "sample-1.py")
        assert said.value.filename == "sample-1.py"


def test_every_run_is_warned():
    for _ in range(2):
        with pytest.warns((SyntaxWarning, DeprecationWarning)) as said:
            assert values(read("a = '\\d'\na is 5", "sample-1.py"))[0] is None
        assert [(each.filename, each.lineno) for each in said] == [("sample-1.py", 1), ("sample-1.py", 2)]
        assert ["invalid escape" in str(said[0].message), '"is" with' in str(said[1].message)] == [True, True]
