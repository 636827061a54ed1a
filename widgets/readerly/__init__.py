"""Readerly's browser half: Python widgets for the page a reader is on.

Runs under MicroPython in the reader's browser; its pure modules also run under CPython, where the build uses them.
"""
