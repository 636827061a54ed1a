"""Runs tests under MicroPython, or compiles modules; prints a line of JSON for each: {"name", "outcome", "text"}."""

import io
import json
import sys

import pytest

MARK = "@result "


def report(name, outcome, text=""):
    print(MARK + json.dumps({"name": name, "outcome": outcome, "text": text}))


def traceback(error):
    text = io.StringIO()
    sys.print_exception(error, text)
    return text.getvalue()


def run(module, names):
    """Run the functions `names` of the test module `module`; a parametrized one passes when all of its cases do."""
    try:
        loaded = __import__(module)
    except Exception as error:
        for name in names:
            report(name, "failed", traceback(error))
        return
    for name in names:
        run_one(name, getattr(loaded, name))


def run_one(name, test):
    try:
        cases = test.cases() if isinstance(test, pytest.Parametrized) else [({}, test)]
    except Exception as error:
        report(name, "failed", traceback(error))
        return
    failures = []
    for arguments, function in cases:
        try:
            function(**arguments)
        except pytest.Skipped as skipped:
            report(name, "skipped", str(skipped))
            return
        except Exception as error:
            case = "with " + repr(arguments) + "\n" if arguments else ""
            failures.append(case + traceback(error))
    if not cases:
        failures.append("there is no case to run")
    report(name, "failed" if failures else "passed", "\n".join(failures))


def compile_all(files):
    """Compile each of `files`, paths in this file system."""
    for path in files:
        with open(path) as file:
            source = file.read()
        try:
            compile(source, path, "exec")
        except Exception as error:
            report(path, "failed", traceback(error))
        else:
            report(path, "passed")
