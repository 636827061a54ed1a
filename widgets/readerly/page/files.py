"""Fetches files of the readerly folder that the page has not loaded with the rest."""

from readerly.page.browser import absolute, guard

TIMEOUT = 10_000
"""Milliseconds after which a file counts as unreachable."""


async def text(path: str) -> str:
    """Return the text of the file at `path`, relative to the readerly folder. OSError: it cannot be had now."""
    answer = await guard.request("GET", absolute(path), "{}", None, TIMEOUT)
    if answer.status != 200:
        raise OSError("A part of Readerly could not be fetched: " + str(answer.text)[:200])
    return str(answer.text)
