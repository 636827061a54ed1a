from readerly.code_sample.order import Placed, before, connect, named, packages


def page():
    return named(
        [
            Placed("a", "s", False, "First"),
            Placed("b", None, False),
            Placed("c", "s", False),
            Placed("d", "t", False),
            Placed("e", "s", False),
            Placed("f", "s", True),
            Placed("g", None, True),
        ]
    )


def sources(at):
    return [each.source for each in before(page(), at)]


def test_names_tell_what_is_hidden():
    names = [each.name for each in page()]
    assert names == [
        "sample-1.py",
        "sample-2.py",
        "sample-3.py",
        "sample-4.py",
        "sample-5.py",
        "setup-6.py",
        "setup-7.py",
    ]


def test_setups_of_the_session_come_first_then_what_stands_above():
    assert sources(4) == ["f", "a", "c"]
    assert sources(0) == ["f"]
    assert sources(3) == []


def test_a_sample_without_session_has_the_setups_without_one():
    assert sources(1) == ["g"]


def test_a_sentence_can_name_each():
    titles = [each.title for each in page()]
    assert titles[0] == "the earlier sample “First”"
    assert titles[2] == "the earlier sample sample-3.py"
    assert titles[5] == "the hidden setup of this session"
    assert titles[6] == "the page's hidden setup"


def test_each_engine_has_samples_of_its_own():
    mixed = named(
        [Placed("a", "s", False), Placed("b", "s", False, None, None, "micropython"), Placed("c", "s", False)]
    )
    assert [each.source for each in before(mixed, 2)] == ["a"]
    assert before(mixed, 1) == []


def test_a_part_takes_its_data_files_along_where_it_has_some():
    with_files, without = named([Placed("a", "s", False, files=[["a.csv", "a.csv"]]), Placed("b", "s", False)])
    assert with_files.part == {"name": "sample-1.py", "source": "a", "files": [["a.csv", "a.csv"]]}
    assert without.part == {"name": "sample-2.py", "source": "b"}


def test_a_sample_may_ask_what_those_before_it_may():
    a, b, c = (
        Placed(name, "s", False, connect=hosts) for name, hosts in (("a", ["x", "y"]), ("b", None), ("c", ["y"]))
    )
    assert connect(c, [a, b]) == ["y", "x"]
    assert connect(b, []) == []


def test_a_sample_has_the_packages_of_all_that_share_its_python():
    def placed(session, setup, names, engine=None):
        return Placed("", session, setup, engine=engine, packages=names)

    shared = [placed("s", True, ["attrs"]), placed("s", False, ["rich", "attrs"]), placed("t", False, ["numpy"])]
    assert packages(shared, 1) == ["attrs", "rich"]
    assert packages(shared, 2) == ["numpy"]
    alone = [placed(None, False, ["rich"]), placed(None, False, None), placed(None, True, ["attrs"])]
    assert packages(alone, 0) == ["rich", "attrs"]
    assert packages(alone, 1) == ["attrs"]
    assert packages([placed(None, True, ["attrs"]), placed(None, False, None, "micropython")], 1) == []
