import pytest

from readerly.code_sample.attributes import files, flag, origins, read


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
    with pytest.raises(ValueError, match='check is not to be had with engine="micropython"; leave'):
        read({"engine": "micropython", "check": "assert total == 6"})


def test_a_flag_stands_by_being_there():
    assert flag("") is True


def test_rows_are_a_number_of_lines():
    assert read({"rows": "8", "readonly": "", "numbers": ""})["rows"] == 8
    for wrong in ("0", "201", "eight", "-1", "2.5"):
        with pytest.raises(ValueError, match=r"^rows must be"):
            read({"rows": wrong})


def test_files_have_names_and_addresses():
    assert read({"files": "tea.csv data/b.csv c.csv=/elsewhere/c.csv?v=1"})["files"] == [
        ["tea.csv", "tea.csv"],
        ["data/b.csv", "data/b.csv"],
        ["c.csv", "/elsewhere/c.csv?v=1"],
    ]
    assert files("./a.csv") == [["a.csv", "a.csv"]]


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ("../tea.csv", r"files names \.\./tea.csv, which is not in the page's folder; write the path from there"),
        ("/tea.csv", "files names /tea.csv, which is not in the page's folder"),
        ("data//tea.csv", "is not in the page's folder"),
        ("a%2F..%2Ftea.csv", "is not in the page's folder"),
        ("https://example.org/tea.csv", "is not in the page's folder"),
        ("tea.csv=https://example.org/tea.csv", "is no file on the page's own host"),
        ("tea.csv=//example.org/tea.csv", "is no file on the page's own host"),
        ("tea.csv=", "is no file on the page's own host"),
        ("a.csv a.csv", "files gives two files the name a.csv; give one another: other.csv=a.csv"),
        ("a a/b", "files gives two files the name a;"),
        ("a/b a", "files gives two files the name a/b;"),
        ("data/", "files names a folder, data/, which a page cannot list; name each of its files"),
        ("", "files is empty"),
    ],
)
def test_files_that_are_named_wrongly_are_refused_with_a_sentence(said, says):
    with pytest.raises(ValueError, match=says):
        read({"files": said})


def test_a_folder_is_a_name_where_folders_can_be_listed():
    assert files("data/ a", folders=True) == [["data/", "data/"], ["a", "a"]]
    with pytest.raises(ValueError, match="gives two files the name"):
        files("data/ data/a", folders=True)


def test_origins_are_hosts_alone():
    said = "https://api.example.org  https://b.example:8443 http://localhost:8000 http://127.0.0.1"
    assert read({"connect": said})["connect"] == said.split()


@pytest.mark.parametrize(
    "said",
    [
        "api.example.org",
        "http://api.example.org",
        "https://api.example.org/",
        "https://api.example.org/v1",
        "https://API.example.org",
        "https://*.example.org",
        "https://api.example.org:443",
        "https://api.example.org:",
        "https://me@api.example.org",
        "https://",
        "*",
        "'self'",
        "https://a.example;script-src",
        "data:",
    ],
)
def test_what_is_no_origin_is_refused(said):
    with pytest.raises(ValueError, match=r"^connect names .*; write each host alone, such as https://api"):
        read({"connect": said})
    with pytest.raises(ValueError, match=r"^names"):
        origins("https://a.example " + said)


def test_a_source_lies_on_the_pages_own_host():
    assert read({"src": "../code/brew.py#pour:over"})["src"] == "../code/brew.py#pour:over"
    for wrong in ("https://example.org/brew.py", "//example.org/brew.py", "data:,1", "\\\\example.org", "#brew"):
        with pytest.raises(ValueError, match=r"^src names .*, which is no file on the page's own host; write its path"):
            read({"src": wrong})
