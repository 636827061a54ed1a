"""GET /healthz and /readyz; the locked database is in test_durability."""

import httpx
import pytest


@pytest.mark.parametrize(("address", "status"), [("/healthz", "alive"), ("/readyz", "ready")])
def test_says_so(client: httpx.Client, address: str, status: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.json() == {"status": status}
    assert answer.headers["cache-control"] == "no-store"
