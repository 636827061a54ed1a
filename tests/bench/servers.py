"""Servers that are measured: a free port for each, and when it answers there."""

import socket
import subprocess
import time

PATIENCE = 30.0
"""Seconds until a server has to answer."""


def free_port() -> int:
    """Return a port of the loopback interface that nothing listens at."""
    with socket.create_server(("127.0.0.1", 0)) as probe:
        return int(probe.getsockname()[1])


def wait_until_ready(port: int, process: "subprocess.Popen[bytes]") -> None:
    """Wait until the server accepts connections; raise RuntimeError when it does not, or has ended."""
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise RuntimeError(f"The server at port {port} does not answer.")
