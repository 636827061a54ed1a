"""The harness itself: what fails under MicroPython has to fail here, with its traceback."""

import pytest

BROKEN = """
import pytest

def test_passes():
    assert 1 + 1 == 2

def test_fails():
    assert 1 + 1 == 3

def test_raises():
    return {}["key"]

def test_needs_a_fixture(tmp_path):
    pass

@pytest.mark.parametrize("number", [1, 2, 3])
def test_one_case_fails(number):
    assert number != 2

@pytest.mark.parametrize("number", [])
def test_has_no_case(number):
    pass

@pytest.mark.parametrize(("a", "b"), [(1, 2), (3,)])
def test_has_a_case_that_does_not_fit(a, b):
    pass

def test_is_approximate():
    assert 1 == pytest.approx(1.1)

def test_does_not_raise():
    with pytest.raises(ValueError):
        pass

def test_raises_something_else():
    with pytest.raises(ValueError):
        {}["key"]

def test_raises_with_another_text():
    with pytest.raises(ValueError, match="three"):
        raise ValueError("two")

def test_skips():
    pytest.skip("not here")

def test_passes_with_the_shim():
    with pytest.raises(ValueError, match="wo") as caught:
        raise ValueError("two")
    assert str(caught.value) == "two"
    assert [0.1 + 0.2, 1] == pytest.approx([0.3, 1])
"""

EXPECTED = {
    "test_passes": ("passed", ""),
    "test_fails": ("failed", 'File "/tests/unit/broken.py", line 8, in test_fails'),
    "test_raises": ("failed", "KeyError"),
    "test_needs_a_fixture": ("failed", "TypeError"),
    "test_one_case_fails": ("failed", "{'number': 2}"),
    "test_has_no_case": ("failed", "no case"),
    "test_has_a_case_that_does_not_fit": ("failed", "does not fit"),
    "test_is_approximate": ("failed", "AssertionError"),
    "test_does_not_raise": ("failed", "did not raise"),
    "test_raises_something_else": ("failed", "KeyError"),
    "test_raises_with_another_text": ("failed", "three"),
    "test_skips": ("skipped", "not here"),
    "test_passes_with_the_shim": ("passed", ""),
}


@pytest.fixture(scope="module")
def broken(micropython):
    return micropython({"/tests/unit/broken.py": BROKEN}, f"driver.run('broken', {list(EXPECTED)!r})")


@pytest.mark.parametrize("name", EXPECTED)
def test_a_test_ends_as_it_would_under_pytest(broken, name):
    outcome, text = EXPECTED[name]
    assert broken[name]["outcome"] == outcome
    assert text in broken[name]["text"]


def test_a_module_that_cannot_be_imported_fails_all_its_tests(micropython):
    results = micropython({"/tests/unit/broken.py": "import dataclasses\n"}, "driver.run('broken', ['test_one'])")
    assert results["test_one"]["outcome"] == "failed"
    assert "ImportError" in results["test_one"]["text"]


def test_a_crash_leaves_the_tests_after_it_without_a_result(micropython):
    crash = "import js\ndef test_one():\n    js.JSON.parse('{')\ndef test_two():\n    pass\n"
    results = micropython({"/tests/unit/broken.py": crash}, "driver.run('broken', ['test_one', 'test_two'])")
    assert "test_two" not in results
    assert results[""]["outcome"] == "1"
    assert "JSON" in results[""]["text"]


def test_tracebacks_show_the_line_of_a_file_of_the_project(micropython, widgets):
    failing = "from readerly.read_time.pace import Pace\ndef test_one():\n    Pace().seconds_left(None)\n"
    results = micropython({**widgets, "/tests/unit/broken.py": failing}, "driver.run('broken', ['test_one'])")
    assert "return max(0.0, words) * self.seconds_a_word()" in results["test_one"]["text"]
