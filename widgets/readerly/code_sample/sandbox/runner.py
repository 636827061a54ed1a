"""Runs a sample as a module of its own: streams what it prints, shows its last value, reports its error."""

import ast
import builtins
import contextlib
import inspect
import json
import os
import sys
import time
import types
from collections.abc import Awaitable, Callable
from typing import Any

from . import (
    ahead,
    display,
    exercise,
    files,
    library,
    looking,
    missing,
    network,
    program,
    refused,
    rehearsal,
    stdin,
    tracebacks,
    workplace,
)
from .output import Outlet, unheard
from .patches import Patches

NO_MEMORY = "The sample used up the memory it may have, 1 GB at most. Its Python has ended; Run starts another one."

sessions: dict[str, types.ModuleType] = {}
"""The modules that samples of one session share, by the session's name."""

_last = [types.ModuleType("__main__")]
"""The module in which a sample ran last."""


def module_for(session: str | None, fresh: bool = False) -> types.ModuleType:
    """Return the module a sample runs in: its session's, or a new one, as always where `fresh` is wanted.

    It stands in `sys.modules` as `__main__`, where `typing.get_type_hints`, `dataclasses` and `pickle` look things up.
    """
    module = sessions.get(session) if session and not fresh else None
    if module is None:
        module = types.ModuleType("__main__")
        if session:
            sessions[session] = module
    sys.modules["__main__"] = _last[0] = module
    return module


def look(kind: str, text: str, number: int, say: Callable[..., Any]) -> None:
    """Say what there is to say of a `text` that a reader is writing, after what has run here: see `looking.look`."""
    looking.look(kind, text, number, _last[0].__dict__, say)


async def execute(
    source: str | ast.Module,
    name: str,
    module: types.ModuleType,
    reader: stdin.Reader | None = None,
    begin: Callable[[], Any] | None = None,
    enter: Callable[[int], Any] | None = None,
) -> Any:
    """Run `source`, text or tree, in `module` and return its last expression's value. At its top `await` is allowed.

    `reader` is asked beforehand where it cannot be later. `begin()` is called when all is there that the source needs.
    With `enter` each statement runs by itself, after `enter(line)`, and the values of expressions go to
    `sys.displayhook`, as at Python's own prompt; there is no last value then.
    Raises what the source raises, SyntaxError included.
    """
    made = program.read(source, name, enter is not None)
    await library.bring(made.tree)
    if reader:
        await reader.foresee(made.tree)
    if begin:
        begin()
    value: Any = None
    for line, code in made.codes():
        if enter:
            enter(line)
        value = eval(code, module.__dict__)
        if code.co_flags & inspect.CO_COROUTINE:
            value = await value
    return value


Ask = Callable[[str, str], Awaitable[str]]
"""Asks the page: the kind of question and its text. What comes back is the answer."""


async def run(request: str, say: Callable[..., Any], ask: Ask) -> bool:
    """Run a sample and say what happens, in order, as messages (kind, text, line).

    `request` is a JSON object: the sample's "source", its "name" in tracebacks, and its "session", a name or null. It
    may have "ahead" (the sources that run first, see `ahead`), "fresh" (the session starts anew) and "timeout" (the
    page counts seconds from the message "begun" on). "files" are pairs of name and address (see `files.lay`). It
    may hold "stdin", the lines that the sample reads; without them the page is asked: a question "input" or "secret"
    (not to be shown) is answered by a line with its end, or by "" for the end of input, and "answers" by all lines. It
    may hold "check", the source that judges what a run without an error has left: see `exercise`. With "echo" every
    value is printed, as at Python's own prompt, and what is printed has the line of the statement that does it.

    Kinds: "stdout", "stdin" (a line that was read, as a terminal echoes it), "stderr", "result" (the last value's
    repr), "rich" (what a value shows: a JSON object by media type), "error" (a traceback; `line` counted from 1 where
    it points into the sample), "notice" (said by Readerly itself), "capped" (how much is left out; each replaces the
    one before), and last "done" with the seconds it took, or "failed" with the reason why this interpreter
    has to go. Before "done" comes what a check found: "checking", then "passed", "unmet" or "unsound".
    Returns whether the sample ran to its end. Nothing the sample raises leaves this function.
    """
    wanted = json.loads(request)
    source, name = wanted["source"], wanted["name"]
    check = wanted.get("check")
    outlet = exercise.Heard(say) if check else Outlet(say)
    tracebacks.remember_source(name, source)
    builtins.display = display.display  # pyright: ignore[reportAttributeAccessIssue]
    display.begin(outlet)
    reader = stdin.Reader(outlet, ask, wanted.get("stdin"))
    started = time.perf_counter()
    ok, line, text, spent = True, None, "", False
    value: Any = None
    session, fresh = wanted["session"], bool(wanted.get("fresh"))
    module, place = module_for(session, fresh), workplace.folder(session, fresh)
    begun = (lambda: say("begun", name)) if wanted.get("timeout") else None

    async def executed(part: dict[str, Any]) -> Any:
        workplace.enter(place, part["name"], module)
        await files.lay(part.get("files", ()), place)
        enter = outlet.enter if part.get("echo") else None
        return await execute(part["source"], part["name"], module, reader, begun, enter)

    with outlet.captured(), Patches() as patches, reader.attached(patches):
        refused.install(patches, outlet)
        network.install(patches, outlet)
        try:
            broken = await ahead.run(wanted.get("ahead", ()), executed, say)
            if broken:
                name = broken.name
                say("broken", name, broken.number)
                raise broken.error
            started = time.perf_counter()
            value = await executed(wanted)
            figures = display.show_figures()
            if value is not None and id(value) not in figures:
                text = display.show(value)
        except SystemExit as leaving:
            ok = leaving.code in (None, 0)
            said = f"The sample ended itself with exit status {leaving.code}."
            outlet.write("stderr", "" if ok else f"{leaving.code if isinstance(leaving.code, str) else said}\n")
        except BaseException as error:
            ok, spent = False, isinstance(error, MemoryError)
            reader.explain(error)
            await library.remember_lines(tracebacks.files(error))
            text, line = tracebacks.describe(error, name)
            text += await missing.sentence(error)
            line = line if name == wanted["name"] else None
    outlet.close()
    builtins.__dict__.pop("_", None)  # which sys.displayhook leaves, and would keep
    if text:
        say("result" if ok else "error", text, line)
    took = time.perf_counter() - started - reader.waited
    if ok and isinstance(outlet, exercise.Heard):
        say("checking")
        attempt = exercise.Attempt(outlet.printed, source, value)
        found = await exercise.judge(check, module, attempt, execute)
        spent = found is None
        if found:
            say(*found)
    if spent:
        say("failed", NO_MEMORY)  # WebAssembly gives no memory back: this interpreter would be in the way
        return False
    say("done", f"{took:.3f}")
    return ok


def rehearse(number: int) -> None:
    """Run one of the sources of `rehearsal`, whatever the `number`, and forget it."""
    path, place, arguments, main = sys.path[:], os.getcwd(), sys.argv[:], sys.modules["__main__"]
    source = rehearsal.USUAL[number % len(rehearsal.USUAL)]
    running = run(json.dumps({"source": source, "name": "rehearsed.py", "session": None}), unheard, stdin.unasked)
    with contextlib.suppress(StopIteration):
        running.send(None)  # nothing in them waits, so no loop has to turn
    running.close()
    sys.path[:], sys.argv[:], sys.modules["__main__"] = path, arguments, main
    _last[0] = types.ModuleType("__main__")
    os.chdir(place)
