import pytest

from readerly.code_sample.attributes import flag, read


def test_only_what_is_a_samples_is_read():
    assert read({"label": "First steps", "packages": " attrs  rich ", "class": "wide"}) == {
        "label": "First steps",
        "packages": ["attrs", "rich"],
    }


@pytest.mark.parametrize(
    ("name", "text", "says"),
    [
        ("label", " ", "label is empty; give it a value or leave it out"),
        ("packages", "", "packages is empty; give it a value or leave it out"),
        ("engine", "jython", "engine must be one of pyodide, micropython"),
        ("session", "a b", "session must be one word, such as intro"),
        ("timeout", "soon", "timeout must be seconds, from above 0 to 3600, such as 60"),
        ("timeout", "0", "timeout must be seconds, from above 0 to 3600, such as 60"),
        ("timeout", "nan", "timeout must be seconds, from above 0 to 3600, such as 60"),
    ],
)
def test_a_wrong_one_is_refused_with_a_sentence(name, text, says):
    with pytest.raises(ValueError, match=says):
        read({name: text})


def test_what_micropython_lacks_is_refused():
    assert read({"engine": "micropython", "session": "a"}) == {"engine": "micropython", "session": "a"}
    with pytest.raises(ValueError, match='packages is not to be had with engine="micropython"; leave'):
        read({"engine": "micropython", "packages": "attrs"})


def test_a_flag_stands_by_being_there():
    assert flag("") is True


def test_rows_are_a_number_of_lines():
    assert read({"rows": "8", "readonly": "", "numbers": ""})["rows"] == 8
    for wrong in ("0", "201", "eight", "-1", "2.5"):
        with pytest.raises(ValueError, match=r"^rows must be"):
            read({"rows": wrong})
