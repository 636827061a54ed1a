"""The examples in the docstrings of the pure modules run as they stand."""

import doctest
import importlib

import pytest

MODULES = [
    "readerly.code_sample.highlight",
    "readerly.hearts.heart",
    "readerly.hearts.outbox",
    "readerly.page.last_known",
    "readerly.page.lease",
    "readerly.page.locale",
    "readerly.page.markup",
    "readerly.page.pause",
    "readerly.read_time.count",
    "readerly.read_time.pace",
    "readerly.read_time.reading",
    "readerly.read_time.words",
]


@pytest.mark.parametrize("name", MODULES)
def test_examples(name):
    results = doctest.testmod(importlib.import_module(name))
    assert results.attempted
    assert not results.failed
