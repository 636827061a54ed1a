"""What a worker says to its page, js/link.js, in Node."""

from collections.abc import Callable
from typing import Any

from readerly_site import shipped

PROGRAM = """
const sent = [], passed = [];
globalThis.postMessage = ({ number }) => passed.push(number);
const port = { postMessage: (said) => sent.push(said) };
const { say, hear } = speaker(port);
const jobs = [];
hear((data) => jobs.push(data));
say("ready");
port.onmessage({ data: "a job" });
for (const text of ["1", "2", "3", "4"]) say("stdout", text, 7);
port.onmessage({ data: "another" });
for (const text of ["6", "x".repeat(20000), "8"]) say("stdout", text);
tell({ sent: sent.map(({ number }) => number), third: sent[2], passed, jobs });
"""


def test_the_first_short_words_after_each_of_the_page_go_both_ways(in_node: Callable[[str], Any]) -> None:
    found = in_node(shipped.text("js/link.js") + PROGRAM)
    assert found["sent"] == list(range(8))
    assert found["third"] == {"kind": "stdout", "text": "2", "line": 7, "number": 2}
    assert found["passed"] == [1, 2, 3, 5]
    assert found["jobs"] == ["a job", "another"]
