import asyncio
import json

from readerly.code_sample.job import Job
from readerly.code_sample.reach import fetch

TEA = "https://tea.example"


class Done:
    def __init__(self, error):
        self.ok = error is None
        self.error = error


class Door:
    """What door.mjs exports: it remembers what it was to reach."""

    def __init__(self, error=None):
        self.asked = []
        self.error = error

    def origin(self, url):
        return "/".join(url.split("/")[:3])

    async def reach(self, worker, port, number, url, rules):
        self.asked.append((worker, number, url, json.loads(rules)["headers"], json.loads(rules)["allowed"]))
        return Done(self.error)


def asked(door, about, job):
    return asyncio.run(fetch(door, "python-1", None, 7, about, job))


def request(**more):
    said = {"url": TEA + "/x", "method": "GET", "headers": [["Accept", "a/b"]]}
    said.update(more)
    return json.dumps(said)


def test_an_allowed_request_goes_through_the_door_and_counts():
    door, job = Door(), Job("", "a", None, connect=[TEA])
    assert asked(door, request(), job) is None
    assert door.asked == [("python-1", 7, TEA + "/x", [["accept", "a/b"]], [TEA])]
    assert job.requests == 1


def test_a_refused_one_does_not():
    door, job = Door(), Job("", "a", None)
    assert str(asked(door, request(), job)).startswith("This sample may not ask")
    for wrong in ("", "7", "[]", "{}", request(headers=7), request(headers=[7])):
        assert asked(door, wrong, job) == "That is no request"
    assert door.asked == []
    assert job.requests == 0


def test_what_went_wrong_on_the_way_is_told():
    said = asked(Door("it took longer than 30 seconds"), request(), Job("", "a", None, connect=[TEA]))
    assert said == "https://tea.example/x could not be had: it took longer than 30 seconds"
