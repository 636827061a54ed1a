from readerly.code_sample.histories import Histories


def part(name, source="x"):
    return {"name": name, "source": source}


def test_begins_with_nothing():
    histories = Histories()
    assert not histories.knows("s")
    assert histories.again("s") == []
    assert histories.missing("s", [part("a")]) == [part("a")]


def test_what_ran_is_brought_back_in_order_as_often_as_it_ran():
    histories = Histories()
    histories.ran("s", "a", "n = 0")
    histories.ran("s", "b", "n += 1")
    histories.ran("s", "b", "n += 1")
    histories.ran("t", "c", "")
    assert [each["source"] for each in histories.again("s")] == ["n = 0", "n += 1", "n += 1"]
    assert histories.missing("s", [part("a"), part("b"), part("d")]) == [part("d")]


def test_what_failed_is_brought_back_and_missing_still():
    histories = Histories()
    histories.ran("s", "a", "x = 1; 1 / 0", True)
    assert histories.again("s") == [{"name": "a", "source": "x = 1; 1 / 0", "failed": True}]
    assert histories.missing("s", [part("a")]) == [part("a")]
    histories.ran("s", "a", "x = 1")
    assert histories.missing("s", [part("a")]) == []


def test_a_forgotten_session_starts_anew():
    histories = Histories()
    histories.ran("s", "a", "")
    assert histories.knows("s")
    histories.forget("s")
    histories.forget("never")
    assert not histories.knows("s")
    assert histories.missing("s", [part("a")]) == [part("a")]


def test_without_a_session_nothing_is_kept():
    histories = Histories()
    histories.ran(None, "a", "")
    assert not histories.knows(None)
    assert histories.again(None) == []
    assert histories.missing(None, [part("a")]) == [part("a")]


def test_data_files_come_back_with_what_needs_them():
    histories = Histories()
    histories.ran("s", "a", "x", False, [["a.csv", "a.csv"]])
    assert histories.again("s") == [{"name": "a", "source": "x", "failed": False, "files": [["a.csv", "a.csv"]]}]
