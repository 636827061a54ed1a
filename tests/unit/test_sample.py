import pytest

from readerly.code_sample.sample import IDLE, LOADING, RUNNING, STARTING, WAITING, Sample, failure


def running(source="print(1)"):
    sample = Sample(source)
    sample.run()
    sample.enter(RUNNING)
    return sample


def test_begins_idle_and_unedited_and_says_nothing():
    sample = Sample("x = 1")
    assert (sample.phase, sample.status, sample.busy, sample.edited) == (IDLE, "", False, False)


def test_goes_through_its_phases():
    sample = Sample("x = 1")
    assert sample.run()
    phases = [sample.phase]
    for phase in (LOADING, STARTING, WAITING, RUNNING):
        sample.enter(phase, 1, 2)
        phases.append(sample.phase)
        assert sample.busy
        assert sample.status
    assert phases == [STARTING, LOADING, STARTING, WAITING, RUNNING]


def test_a_second_run_waits_for_the_end_of_the_first():
    sample = running()
    assert not sample.run()
    assert sample.phase == RUNNING


def test_says_how_many_bytes_are_here_of_how_many():
    sample = Sample("")
    sample.run()
    sample.enter(LOADING, 1_250_000, 6_900_000)
    assert "1.2" in sample.status or "1.3" in sample.status
    assert "6.9 MB" in sample.status


@pytest.mark.parametrize(("seconds", "said"), [(0.001, "< 0.01 s"), (0.25, "0.25 s"), (12.3456, "12.35 s")])
def test_says_how_long_it_took(seconds, said):
    sample = running()
    sample.finished(seconds)
    assert (sample.phase, sample.status) == (IDLE, "Finished in " + said)


def test_says_on_which_line_it_failed():
    sample = running()
    sample.errored(3)
    sample.finished(0.1)
    assert "line 3" in sample.status
    assert not sample.busy


def test_says_that_it_failed_where_no_line_is_known():
    sample = running()
    sample.errored(0)
    sample.finished(0.1)
    assert "error" in sample.status
    assert "line" not in sample.status


def test_an_error_is_forgotten_by_the_next_run():
    sample = running()
    sample.errored(3)
    sample.finished(0.1)
    sample.run()
    assert sample.failing_line is None
    sample.finished(0.1)
    assert "Finished" in sample.status


def test_stopping_and_failing_end_the_run_with_a_word():
    sample = running()
    sample.stopped()
    assert (sample.busy, sample.status) == (False, "Stopped")
    sample = running()
    sample.failed("No network.")
    assert (sample.busy, sample.status) == (False, "No network.")


def test_reset_brings_the_authors_source_back():
    sample = Sample("a")
    sample.source = "b"
    assert sample.edited
    sample.reset()
    assert (sample.source, sample.edited, sample.phase, sample.status) == ("a", False, IDLE, "")


def test_tells_how_much_of_python_is_here_only_while_it_loads():
    sample = Sample("")
    sample.run()
    sample.enter(LOADING, 1, 4)
    assert sample.progress == 0.25
    sample.enter(RUNNING)
    assert sample.progress is None


@pytest.mark.parametrize(
    ("traceback", "said"),
    [
        ('Traceback (most recent call last):\n  File "a.py", line 1\nKeyError: 1\n', "KeyError: 1"),
        (
            "ExceptionGroup: two (2 sub-exceptions)\n  +-+---- 1 ----\n    | ValueError: a\n",
            "ExceptionGroup: two (2 sub-exceptions)",
        ),
        ("", ""),
    ],
)
def test_finds_what_went_wrong_in_a_traceback(traceback, said):
    assert failure(traceback) == said


def test_says_what_runs_first_and_what_ran():
    sample = running()
    sample.preceded(2, 0)
    assert sample.status == "Running 2 earlier samples first…"
    sample.begun()
    assert sample.status == "Running…"
    sample.finished(0.25)
    assert sample.status == "Finished in 0.25 s, ran 2 earlier samples first"


def test_says_what_ran_again():
    sample = running()
    sample.preceded(1, 1)
    assert sample.status == "Running 1 sample again and 1 earlier sample first…"
    sample.finished(0.25)
    sample.run()
    sample.enter(RUNNING)
    sample.finished(0.25)
    assert sample.status == "Finished in 0.25 s"


def test_a_hidden_setup_alone_is_not_spoken_of():
    sample = running()
    sample.preceded(0, 0)
    assert sample.status == "Running…"


def test_says_what_kept_it_from_running():
    sample = running()
    sample.barred("the earlier sample “First”")
    sample.errored(0)
    sample.finished(0)
    assert (sample.phase, sample.status) == (IDLE, "Did not run: error in the earlier sample “First”")
    sample.run()
    sample.finished(0.25)
    assert sample.status == "Finished in 0.25 s"


def test_stopped_says_whether_names_come_back():
    sample = running()
    sample.stopped(True)
    assert sample.status == "Stopped. The next run brings back what this session had"


def test_what_others_do_is_said_only_where_nothing_runs():
    sample = Sample("")
    sample.ran_ahead()
    assert sample.status == "Ran before a later sample"
    sample.restarted(False)
    assert sample.status == ""
    sample.restarted(True)
    assert "no names" in sample.status
    sample.run()
    sample.ran_ahead()
    sample.restarted(True)
    assert sample.phase == STARTING


def test_files_whose_size_nobody_knows_are_named_with_what_has_come():
    sample = Sample("")
    sample.run()
    sample.enter(LOADING, 1_200_000, 0, "tea.csv")
    assert (sample.status, sample.progress) == ("Fetching tea.csv: 1.2 MB", None)
    sample.enter(LOADING, 1_200_000, 2_400_000, "tea.csv")
    assert (sample.status, sample.progress) == ("Fetching tea.csv: 1.2 of 2.4 MB", 0.5)


def test_what_a_link_brings_runs_for_others_only_once_the_reader_has_run_it():
    sample = Sample("author")
    sample.linked("link")
    assert (sample.source, sample.ahead, sample.edited) == ("link", "author", True)
    sample.ran_ahead()
    assert sample.status == "Ran before a later sample, as its author wrote it"
    sample.source = "link and more"
    assert sample.ahead == "author"
    sample.run()
    assert sample.ahead == "link and more"
    sample.linked("link")
    sample.reset()
    assert (sample.source, sample.ahead) == ("author", "author")
    sample.linked("link")
    sample.recalled("mine")
    assert sample.ahead == "mine"
