"""PUT /api/heart: a state that is set, however often and by how many at once."""

import asyncio
import random
import sqlite3
from contextlib import closing
from pathlib import Path

import httpx

A = {"path": "/articles/a/"}
ON, OFF = {"on": True}, {"on": False}


def hearts(client: httpx.Client) -> int:
    return client.get("/api/pages", params=A).json()["pages"][A["path"]]["hearts"]


def assert_counts_equal_rows(file: Path) -> None:
    with closing(sqlite3.connect(file)) as opened:
        wrong = opened.execute(
            "SELECT * FROM pages AS p WHERE hearts <> (SELECT count(*) FROM hearts AS h WHERE h.page = p.page)"
            " OR views <> (SELECT count(*) FROM views AS v WHERE v.page = p.page)"
        ).fetchall()
    assert wrong == []


async def at_once(client: httpx.Client, puts: list[tuple[dict[str, str], bool]]) -> list[httpx.Response]:
    limits = httpx.Limits(max_connections=100)
    async with httpx.AsyncClient(base_url=client.base_url, timeout=20, limits=limits, verify=False) as many:
        return await asyncio.gather(
            *(many.put("/api/heart", params=A, json={"on": on}, headers=reader) for reader, on in puts)
        )


def test_on_and_off(client: httpx.Client, reader: dict[str, str]) -> None:
    assert client.put("/api/heart", params=A, json=ON, headers=reader).json() == {"hearts": 1, "on": True}
    assert hearts(client) == 1
    assert client.put("/api/heart", params=A, json=OFF, headers=reader).json() == {"hearts": 0, "on": False}
    assert hearts(client) == 0


def test_setting_it_again_changes_nothing(client: httpx.Client, reader: dict[str, str]) -> None:
    for body in (OFF, OFF, ON, ON, ON, OFF, OFF, ON):
        answer = client.put("/api/heart", params=A, json=body, headers=reader)
        assert answer.json() == {"hearts": int(body["on"]), "on": body["on"]}


def test_two_readers_and_one_count(
    client: httpx.Client, reader: dict[str, str], another_reader: dict[str, str]
) -> None:
    client.put("/api/heart", params=A, json=ON, headers=reader)
    assert client.put("/api/heart", params=A, json=ON, headers=another_reader).json()["hearts"] == 2
    assert client.put("/api/heart", params=A, json=OFF, headers=reader).json()["hearts"] == 1


def test_pages_do_not_share_hearts(client: httpx.Client, reader: dict[str, str]) -> None:
    client.put("/api/heart", params={"path": "/articles/b/"}, json=ON, headers=reader)
    assert hearts(client) == 0


def test_a_hundred_at_once_of_one_reader_are_one(client: httpx.Client, reader: dict[str, str], database: Path) -> None:
    answers = asyncio.run(at_once(client, [(reader, True)] * 100))
    assert [answer.json() for answer in answers] == [{"hearts": 1, "on": True}] * 100
    assert hearts(client) == 1
    assert_counts_equal_rows(database)


def test_retries_of_many_readers_at_once_count_each_once(
    client: httpx.Client, reader: dict[str, str], database: Path
) -> None:
    readers = [{"Authorization": f"Bearer {client.post('/api/reader').json()['token']}"} for _ in range(20)]
    puts = [(one, True) for one in readers] * 5
    random.Random(2).shuffle(puts)
    answers = asyncio.run(at_once(client, puts))
    assert {answer.status_code for answer in answers} == {200}
    assert hearts(client) == 20
    assert_counts_equal_rows(database)


def test_on_and_off_in_disorder_ends_in_the_state_last_asked_for(
    client: httpx.Client, reader: dict[str, str], another_reader: dict[str, str], database: Path
) -> None:
    for last in (True, False):
        puts = [(one, on) for one in (reader, another_reader) for on in (True, False)] * 20
        random.Random(last).shuffle(puts)
        assert {answer.status_code for answer in asyncio.run(at_once(client, puts))} == {200}
        for one in (reader, another_reader):
            client.put("/api/heart", params=A, json={"on": last}, headers=one)
        assert hearts(client) == 2 * last
        assert_counts_equal_rows(database)
