from readerly.code_sample.lines import parts

TRACE = """Traceback (most recent call last):
  File "sample-1.py", line 5, in <module>
    half(1)
  File "sample-1.py", line 2, in half
  File "sample-11.py", line 9, in other
ZeroDivisionError: File "sample-1.py", line x
"""


def test_lines_of_the_sample_are_found_and_nothing_is_lost():
    found = parts(TRACE, "sample-1.py")
    assert "".join([text for text, _ in found]) == TRACE
    assert [(text, line) for text, line in found if line] == [("line 5", 5), ("line 2", 2)]


def test_other_text_stays_whole():
    assert parts("KeyError: 3", "sample-1.py") == [("KeyError: 3", 0)]
    assert parts("", "sample-1.py") == []
