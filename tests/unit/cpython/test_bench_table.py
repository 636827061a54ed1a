"""What `make bench` makes of its values: series, failures, tables, budgets."""

from collections.abc import Iterator

import pytest

from ...bench import lighthouse
from ...bench.book import Book, Reading, Series
from ...bench.conditions import ALL, FREE, SLOW_BOTH
from ...bench.rows import Budget, Row, milliseconds
from ...bench.table import against, compared, pages, times, verdict

ROW = Row("Run → output", milliseconds, "readerly.run", "editor.run", Budget("≤ 1/5", 0.2, "ratio"))


def book(**values: list[float]) -> Book:
    """Return a book with these series, named with _ in place of a dot."""
    made = Book(name.replace("_", ".", 1) for name in values)
    for name, each in zip(made.series, values.values(), strict=True):
        for value in each:
            made.take([name], iter([Reading(name, value)]))
    return made


def cells(line: str) -> list[str]:
    return [cell.strip() for cell in line.strip("|").split("|")]


def test_every_condition_has_series_of_its_own():
    assert FREE.of("readerly.run") == "readerly.run"
    assert len({condition.of("run") for condition in ALL}) == len({str(condition) for condition in ALL}) == 4


def test_a_visit_that_breaks_off_is_a_failure_of_what_it_did_not_reach():
    def visit() -> Iterator[Reading]:
        yield Reading("first", 1)
        raise AssertionError("the sample failed\nat length")

    made = Book(["first", "second"])
    made.take(["first", "second"], visit())
    assert made.series["first"].values == [1]
    assert made.series["second"].failures == ["the sample failed"]
    assert made.failed


def test_the_note_is_that_of_the_value_next_to_the_median():
    assert Series([9, 1, 4, 5], notes=["nine", "one", "four", "five"]).note == "four"
    assert Series().note == ""


@pytest.mark.parametrize(("ours", "kept"), [([200.0, 180.0, 900.0], "yes"), ([201.0], "no"), ([], "–")])
def test_a_ratio_is_judged_by_the_medians(ours, kept):
    table = compared("t", book(readerly_run=ours, editor_run=[1000.0]), [ROW]).splitlines()
    assert cells(table[-1])[-2:] == ["≤ 1/5", kept]


def test_a_row_stands_in_the_tables_of_the_conditions_it_was_measured_under():
    made = book(readerly_run=[150], editor_run=[1500])
    assert cells(compared("t", made, [ROW]).splitlines()[-1]) == [
        "Run → output",
        "150 ms",
        "1,500 ms",
        "0.10 ×",
        "≤ 1/5",
        "yes",
    ]
    assert compared("t", made, [ROW], SLOW_BOTH) == ""


def test_failures_are_shown_beside_what_was_measured():
    made = book(readerly_run=[150, 160], editor_run=[1500])
    made.series["readerly.run"].failures.append("timeout")
    assert "155 ms (150 ms – 160 ms) FAILED 1 of 3" in compared("t", made, [ROW])


def test_every_single_value_may_be_judged():
    every = Budget("0", 0, "every")
    assert verdict(every, Series([0, 0]), None) == "yes"
    assert verdict(every, Series([0, 0, 0.1]), None) == "no"


def test_a_least_is_kept_from_above():
    assert verdict(Budget("≥ 98", 98, "median", least=True), Series([98, 99]), None) == "yes"
    assert verdict(Budget("≥ 98", 98, "median", least=True), Series([97]), None) == "no"


def test_small_ratios_have_a_digit_more():
    assert [times(None), times(1.234), times(0.0251)] == ["", "1.23 ×", "0.025 ×"]


def test_pages_that_were_not_visited_are_left_out():
    made = book(readerly_bodies=[299_600], readerly_requests=[15], readerly_other_hosts=[0])
    assert pages(made).count("\n") == 2
    assert pages(book()) == ""


def test_another_browser_is_judged_beside_chromium_only_where_both_have_values():
    made = book(readerly_run=[150], readerly_new=[1], editor_run=[1500])
    facts = {"browser": "Chromium 1", "date": "today", "commit": "abc"}
    table = against(made, "Firefox 1", facts, {"readerly.run": 90, "editor.run": 900})
    assert [cells(line)[0] for line in table.splitlines()[4:]] == ["readerly.run"]
    assert cells(table.splitlines()[-1])[-3:] == ["1.67 ×", "≤ 1.5 ×", "no"]


def test_lighthouse_tells_the_audits_that_cost_points():
    category = {"auditRefs": [{"id": "fast", "weight": 30}, {"id": "calm", "weight": 10}, {"id": "note", "weight": 0}]}
    audits = {
        "fast": {"title": "Blocking", "score": 0.9, "displayValue": "390 ms"},
        "calm": {"title": "Shift", "score": 0},
        "note": {"title": "By the way", "score": 0},
    }
    assert lighthouse.costs(category, audits) == ["Shift (−25.0)", "Blocking 390 ms (−7.5)"]
