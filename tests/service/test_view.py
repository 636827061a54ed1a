"""POST /api/view."""

import httpx

A = {"path": "/articles/a/"}


def test_counts_each_reader_once_per_page(
    client: httpx.Client, reader: dict[str, str], another_reader: dict[str, str]
) -> None:
    assert client.post("/api/view", params=A, headers=reader).json() == {"views": 1}
    assert client.post("/api/view", params=A, headers=reader).json() == {"views": 1}
    assert client.post("/api/view", params=A, headers=another_reader).json() == {"views": 2}
    assert client.post("/api/view", params={"path": "/articles/b/"}, headers=reader).json() == {"views": 1}


def test_is_independent_of_hearts(client: httpx.Client, reader: dict[str, str]) -> None:
    client.post("/api/view", params=A, headers=reader)
    client.put("/api/heart", params=A, json={"on": True}, headers=reader)
    client.put("/api/heart", params=A, json={"on": False}, headers=reader)
    counts = client.get("/api/pages", params=A, headers=reader).json()["pages"][A["path"]]
    assert counts == {"hearts": 0, "hearted": False, "views": 1, "comments": 0}
