from readerly.code_sample.edits import ASIDE, LARGEST, TOTAL, find, fingerprint, forget, keep, swap, whole


def test_an_edit_is_found_again_with_the_source_it_was_made_of():
    kept = keep([], "/a/", "first", "x = 1", "x = 2")
    assert find(kept, "/a/", "first") == ["/a/", "first", fingerprint("x = 1"), "x = 2"]
    assert find(kept, "/a/", "second") is None
    assert find(kept, "/b/", "first") is None


def test_a_newer_edit_stands_for_an_older_one():
    kept = keep(keep([], "/a/", "first", "x = 1", "x = 2"), "/a/", "first", "x = 1", "x = 3")
    assert [each[3] for each in kept] == ["x = 3"]


def test_the_authors_own_source_is_no_edit():
    assert keep(keep([], "/a/", "first", "x = 1", "x = 2"), "/a/", "first", "x = 1", "x = 1") == []


def test_one_is_forgotten_and_others_stay():
    kept = keep(keep([], "/a/", "first", "", "1"), "/a/", "second", "", "2")
    assert [each[1] for each in forget(kept, "/a/", "first")] == ["second"]


def test_what_is_too_long_is_not_kept_and_the_oldest_go_first():
    assert keep([], "/a/", "first", "", "x" * (LARGEST + 1)) == []
    kept = []
    for number in range(TOTAL // LARGEST + 3):
        kept = keep(kept, "/a/", str(number), "", "x" * LARGEST)
    assert sum(len(each[3]) for each in kept) <= TOTAL
    assert find(kept, "/a/", "0") is None
    assert kept[-1][1] == str(TOTAL // LARGEST + 2)


def test_storage_may_hold_anything():
    for said in (None, 3, "edits", {"a": 1}, [1, None, ["/a/", "first"], ["/a/", "first", 3, "x"]]):
        assert whole(said) == []
        assert find(said, "/a/", "first") is None


def test_sources_are_told_apart():
    assert fingerprint("a") == "e40c292c"
    assert fingerprint("é") != fingerprint("e")


def test_an_edit_is_put_aside_and_comes_back():
    kept = keep(keep([], "/a/", "first", "", "1"), "/b/", "first", "", "2")
    aside = swap(kept, "/a/", "first")
    assert find(aside, "/a/", "first") is None
    assert find(aside, "/a/", "first" + ASIDE)[3] == "1"
    assert find(aside, "/b/", "first")[3] == "2"
    both = swap(keep(aside, "/a/", "first", "", "3"), "/a/", "first")
    assert [find(both, "/a/", name)[3] for name in ("first", "first" + ASIDE)] == ["1", "3"]
