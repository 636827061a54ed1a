"""The slow network of `make bench`: what its line takes, and that it changes nothing it carries."""

import contextlib
import socket
import threading
from collections.abc import Iterator

import pytest

from ...bench.slow_network import CHUNK, Line, SlowNetwork

SENT = bytes(range(256)) * 1_000


class Shouting(threading.Thread):
    """A server that reads one connection to its end, and says all of it twice."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.reached = threading.Event()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listening.getsockname()[1])
        self.start()

    def run(self) -> None:
        with self._listening, contextlib.suppress(ConnectionError):
            connection, _ = self._listening.accept()
            self.reached.set()
            with connection, connection.makefile("rb") as said:
                connection.sendall(said.read() * 2)


@pytest.fixture
def network() -> Iterator[SlowNetwork]:
    running = SlowNetwork(rate=1e9, round_trip=0.002)
    yield running
    running.stop()


def test_a_line_sends_at_its_rate_and_then_takes_its_delay():
    line = Line(rate=1_000, delay=0.5)
    assert line.send(10, 250) == (10.25, 10.75)


def test_what_is_sent_while_the_line_is_busy_waits():
    line = Line(rate=1_000, delay=0)
    line.send(10, 1_000)
    assert line.send(10.2, 500) == (11.5, 11.5)


def test_a_line_that_rested_saves_nothing_up():
    line = Line(rate=1_000, delay=0)
    line.send(10, 1_000)
    assert line.send(60, 500) == (60.5, 60.5)


def test_both_directions_are_carried_whole_and_to_their_ends(network):
    assert len(SENT) > 2 * CHUNK
    url = network.to(Shouting().port)
    with socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])), 30) as connection:
        connection.sendall(SENT)
        connection.shutdown(socket.SHUT_WR)
        with connection.makefile("rb") as said:
            assert said.read() == SENT * 2


def test_it_ends_with_a_connection_still_open():
    network, server = SlowNetwork(rate=1e9, round_trip=0.002), Shouting()
    url = network.to(server.port)
    with socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2])), 30) as connection:
        assert server.reached.wait(30)
        network.stop()
        assert connection.recv(1) == b""
    server.join(30)
    assert not server.is_alive()
