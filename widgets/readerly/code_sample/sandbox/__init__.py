"""Runs inside the sandbox, under Pyodide (CPython) only: runs a sample and reports what it does."""
