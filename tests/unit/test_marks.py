import pytest

from readerly.code_sample.marks import marked

TEXT = """import time

# region brew
def brew():
    # region wait
    time.sleep(3)

    # endregion
    return "tea"
# endregion

# region open
1
"""


def test_a_region_is_what_stands_between_its_marks():
    assert marked(TEXT, "brew") == 'def brew():\n    time.sleep(3)\n\n    return "tea"'
    assert marked(TEXT, "wait") == "time.sleep(3)"


@pytest.mark.parametrize(
    ("name", "says"),
    [("milk", "has no # region milk in it"), ("open", "has a # region open and no # endregion for it")],
)
def test_a_region_that_is_not_there_is_said(name, says):
    with pytest.raises(ValueError, match=says):
        marked(TEXT, name)
