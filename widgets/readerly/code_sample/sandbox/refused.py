"""What a browser's sandbox cannot do: calls that would need it raise an error that says why, and what to do instead.

What only looks impossible works: `time.sleep` waits, after what was printed has been shown.
"""

import os
import time
from collections.abc import Callable
from functools import wraps
from typing import Any, NoReturn

from . import loops, stdin
from .output import Outlet
from .patches import Patches

WHY = "Python runs here as WebAssembly in one worker of your browser"

THREAD = (
    f"A sample cannot start a thread: {WHY}, which has no threads. Call the function directly, or write it with async "
    "def and run several at once with asyncio.gather()."
)
PROCESS = (
    f"A sample cannot start another process: {WHY}, which has no operating system around it. Do the work in Python, in "
    "this process; where many pieces are to be worked on, map() takes the place of a pool's."
)
COMMAND = (
    f"A sample cannot run a command: {WHY}, where there are no other programs. Python's own modules do much of what "
    "commands do: os.listdir(), shutil, pathlib, zipfile."
)
NETWORK = (
    f"A sample has no network: {WHY}, which is shut off so that no program in an article can reach anything. Its "
    'author may ship data with it, by files="…", or allow a host, by connect="https://…", which the functions '
    "urllib.request.urlopen(url) and await pyodide.http.pyfetch(url) then ask."
)
ALARM = f"There are no alarm signals: {WHY}. Compare time.monotonic() with a limit, or use asyncio.timeout()."
BROWSER = "A sample cannot open a page, since it is shut off from the one you are reading. Print the address instead."
DEBUGGER = (
    "breakpoint() cannot stop a sample here: a debugger needs a Python that waits while you look around. Print what "
    'you want to see; an f-string such as f"{name=}" shows a name with its value.'
)

_sleep = time.sleep


def refusal(kind: type[Exception], sentence: str) -> Callable[..., NoReturn]:
    """Return a function that raises an error of that kind with the sentence, whatever it is called with."""

    def refuse(*_args: Any, **_more: Any) -> NoReturn:
        raise kind(sentence)

    return refuse


def leave(status: int = 0) -> NoReturn:
    """Stand in for `os._exit`: end the sample; the interpreter stays for the next."""
    raise SystemExit(status)


_thread, _process, _command, _network = (
    refusal(RuntimeError, THREAD),
    refusal(OSError, PROCESS),
    refusal(OSError, COMMAND),
    refusal(OSError, NETWORK),
)

REFUSED: dict[str, dict[str, Callable[..., Any]]] = {
    "threading": {"Thread.start": _thread},
    "_thread": {"start_new_thread": _thread},
    "multiprocessing": dict.fromkeys(("Pool", "Manager", "Queue", "SimpleQueue", "Lock", "Event"), _process),
    "multiprocessing.process": {"BaseProcess.start": _process},
    "concurrent.futures.process": {"ProcessPoolExecutor.__init__": _process},
    "subprocess": {"Popen.__init__": _command, "Popen.__del__": lambda *_: None},
    "socket": dict.fromkeys(("socket.connect", "getaddrinfo", "gethostbyname", "create_connection"), _network),
    "signal": dict.fromkeys(("alarm", "setitimer"), refusal(OSError, ALARM)),
    "pdb": {"set_trace": refusal(RuntimeError, DEBUGGER), "Pdb.set_trace": refusal(RuntimeError, DEBUGGER)},
    "sys": {"breakpointhook": refusal(RuntimeError, DEBUGGER)},
    "webbrowser": dict.fromkeys(("open", "open_new", "open_new_tab"), refusal(OSError, BROWSER)),
}
"""By module and attribute, what stands there instead."""

COMMANDS = (
    "system popen fork forkpty execl execle execlp execlpe execv execve execvp execvpe "
    "spawnl spawnle spawnlp spawnlpe spawnv spawnve spawnvp spawnvpe posix_spawn posix_spawnp"
).split()
"""The functions of `os` that start something."""


def install(patches: Patches, outlet: Outlet) -> None:
    """Let calls that cannot be say so, by `patches`; `outlet` is flushed before the program sleeps."""
    for module, attributes in REFUSED.items():
        patches.replace(module, attributes)
    processes = dict.fromkeys((name for name in COMMANDS if hasattr(os, name)), _command)
    patches.replace("os", {**processes, "fork": _process, "_exit": leave, "abort": leave})
    if not stdin.can_wait():
        patches.replace("asyncio", {"run": refusal(RuntimeError, loops.NESTED)})

    @wraps(_sleep)
    def sleep(seconds: float, /) -> None:
        outlet.flush()
        _sleep(seconds)

    patches.replace("time", {"sleep": sleep})
