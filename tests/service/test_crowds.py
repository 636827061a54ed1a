"""How much one part of the network may do, and hearts that come in a burst."""

import asyncio
import re
import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager, closing
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import httpx
import pytest
from limits import parse
from typer.testing import CliRunner

from readerly_site.cli import app
from readerly_site.errors import ReaderlyError
from readerly_site.service import Settings, api, crowds, express
from readerly_site.service.crowds import Crowds, prefix_of
from readerly_site.service.problems import Problem

A = {"path": "/articles/a/"}
PROXY = "127.0.0.1"
Serve = Callable[..., AbstractContextManager[httpx.Client]]


@pytest.fixture(params=["memory", "redis"])
def storage(request: pytest.FixtureRequest) -> str:
    return "memory://" if request.param == "memory" else request.getfixturevalue("redis_url")


def as_if_from(address: str) -> dict[str, str]:
    return {"X-Forwarded-For": address}


def new_reader(client: httpx.Client, address: str) -> dict[str, str]:
    answer = client.post("/api/reader", headers=as_if_from(address))
    return {"Authorization": f"Bearer {answer.json()['token']}", **as_if_from(address)}


def test_neighbours_count_together_and_nobody_is_known_by_it() -> None:
    assert prefix_of("203.0.113.1") == prefix_of("203.0.113.254") != prefix_of("203.0.112.1")
    assert prefix_of("2001:db8:0:100::1") == prefix_of("2001:db8:0:1ff::9") != prefix_of("2001:db8:0:200::1")
    assert prefix_of("::ffff:203.0.113.9") == prefix_of("203.0.113.1")
    assert [prefix_of(address) for address in ("127.0.0.1", "::1", "", None, "no address")] == [None] * 5


def test_a_crowd_is_told_to_wait_and_others_are_not(
    settings: Settings, serve: Serve, storage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(api, "READS", parse("5/minute"))
    for module in (api, express):
        monkeypatch.setattr(module, "WRITES", parse("3/minute"))
    with serve(replace(settings, limits=storage), proxies=PROXY) as client:
        reads = [client.get("/api/pages", params=A, headers=as_if_from(f"198.51.100.{n}")) for n in range(6)]
        assert [answer.status_code for answer in reads] == [200] * 5 + [429]
        assert reads[-1].headers["retry-after"] == "60"
        assert reads[-1].headers["content-type"] == "application/problem+json"
        assert client.get("/api/pages", params=A, headers=as_if_from("198.51.101.1")).status_code == 200
        reader = new_reader(client, "198.51.102.1")
        writes = [client.put("/api/heart", params=A, json={"on": n % 2 == 0}, headers=reader) for n in range(4)]
        assert [answer.status_code for answer in writes] == [200, 200, 200, 429]
        assert client.get("/api/pages", params=A).json()["pages"][A["path"]]["hearts"] == 1


def test_what_an_unknown_proxy_says_of_an_address_is_not_believed(
    settings: Settings, serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str | None] = []
    monkeypatch.setattr(crowds, "prefix_of", asked.append)
    with serve(settings) as client:
        client.get("/api/pages", params=A, headers=as_if_from("198.51.100.7"))
    with serve(settings, proxies="192.0.2.1") as client:
        client.get("/api/pages", params=A, headers=as_if_from("198.51.100.7"))
    assert asked == ["127.0.0.1", "127.0.0.1"]


def test_readers_in_bulk_wait_and_then_get_none(storage: str, monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []

    async def wait(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr(crowds, "TOKENS", parse("5/minute"))
    monkeypatch.setattr(crowds, "FREE_TOKENS", parse("2/minute"))

    async def ask() -> None:
        counting = Crowds(storage, "a-key")
        monkeypatch.setattr(crowds, "asyncio", SimpleNamespace(sleep=wait))  # not for all: a server may sleep beside it
        for _ in range(5):
            await counting.slow_down("203.0.113.7")
        assert waited == [crowds.DELAY] * 3
        with pytest.raises(Problem) as refused:
            await counting.slow_down("203.0.113.8")
        assert refused.value.status == 429
        await counting.close()

    asyncio.run(ask())


def test_a_burst_of_hearts_is_held_until_the_operator_has_seen_it(
    settings: Settings, serve: Serve, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for module in (crowds, express):
        monkeypatch.setattr(module, "BURST", parse("3/10 minutes"))

    def operate(*options: str) -> str:
        done = CliRunner().invoke(app, ["service", "held", "--database", settings.database, *options])
        assert done.exit_code == 0, done.output
        return done.output

    def hearts(client: httpx.Client) -> int:
        return client.get("/api/pages", params=A).json()["pages"][A["path"]]["hearts"]

    with serve(settings, proxies=PROXY) as client:
        assert client.get("/readyz").status_code == 200
        assert operate() == ""
        readers = [new_reader(client, f"198.51.100.{number}") for number in range(7)]
        for reader in readers[:5]:
            answer = client.put("/api/heart", params=A, json={"on": True}, headers=reader)
            assert (answer.status_code, answer.json()["on"]) == (200, True)
        assert hearts(client) == 3
        assert "readerly_held_hearts_total 2.0" in client.get("/metrics").text
        own = client.get("/api/pages", params=A, headers=readers[4]).json()["pages"][A["path"]]
        assert own["hearted"], "to its reader it is a heart"
        found = re.fullmatch(r"(\S+)  /articles/a/: 2 hearts since \S+\n", operate())
        assert found
        client.put("/api/heart", params=A, json={"on": False}, headers=readers[4])
        assert hearts(client) == 3, "what was not counted is not taken away"
        assert operate("--count", found[1]) == ""
        assert hearts(client) == 4
        client.put("/api/heart", params=A, json={"on": True}, headers=readers[5])
        assert operate("--drop", found[1]) == ""
        assert hearts(client) == 4
        assert client.put(
            "/api/heart", params=A, json={"on": True}, headers=new_reader(client, "192.0.2.1")
        ).json() == {
            "hearts": 5,
            "on": True,
        }
    verified = CliRunner().invoke(app, ["service", "verify", "--database", settings.database])
    assert verified.output == "0 of the counts were wrong\n"


def test_addresses_are_kept_neither_in_the_database_nor_in_redis(
    settings: Settings, serve: Serve, redis_url: str, tmp_path: Path
) -> None:
    import redis

    address = "198.51.100.77"
    with serve(replace(settings, limits=redis_url), proxies=PROXY) as client:
        reader = new_reader(client, address)
        client.put("/api/heart", params=A, json={"on": True}, headers=reader)
        with closing(redis.Redis.from_url(redis_url)) as counted:
            keys = b" ".join(counted.keys())
        with closing(sqlite3.connect(tmp_path / "readerly.sqlite3")) as opened:
            rows = "\n".join(opened.iterdump())
    assert b"LIMITS" in keys.upper()
    for told in (address, "198.51.100"):
        assert told.encode() not in keys
        assert told not in rows


def test_a_redis_that_is_away_is_no_reason_to_refuse_readers(settings: Settings, serve: Serve) -> None:
    with serve(replace(settings, limits="redis://127.0.0.1:9"), proxies=PROXY) as client:
        assert client.get("/api/pages", params=A, headers=as_if_from("198.51.100.7")).status_code == 200


def test_another_place_to_count_at_is_a_mistake(settings: Settings) -> None:
    with pytest.raises(ReaderlyError, match="READERLY_LIMITS"):
        Crowds("ftp://nowhere", "a-key")
