"""Runs services to be killed, for test_kills.py: `python killed.py FD`, with the service's settings in the environment.

Everything is imported once. Each line on standard input forks a service that answers at the socket FD, and prints its
process id; the next line waits until that one has been killed.
"""

import os
import socket
import sys

import uvicorn

from readerly_site.service import Settings, create_app, migrations, uvicorn_config
from readerly_site.service.people import is_read_by_somebody


def main() -> None:
    listening = socket.socket(fileno=int(sys.argv[1]))
    assert migrations, "imported here, so that no child has to"
    assert not is_read_by_somebody({"user-agent": "curl"}), "and so are the names of robots"
    for _ in sys.stdin:
        child = os.fork()
        if child == 0:
            app = create_app(Settings.from_environment(os.environ))
            uvicorn.Server(uvicorn_config(app)).run([listening])
            os._exit(1)  # it was to be killed
        print(child, flush=True)
        os.waitpid(child, 0)


if __name__ == "__main__":
    main()
