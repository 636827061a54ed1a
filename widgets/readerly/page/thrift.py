"""Whether this reader's device or connection asks that nothing be fetched or started ahead of need."""

from readerly.page.browser import window

LITTLE = 2
"""Gigabytes of memory up to which an interpreter waits until it is asked for. Browsers tell 0.25 to 8, or nothing."""


def saving() -> bool:
    """Return whether this reader asks for less data: Save-Data, or prefers-reduced-data."""
    link = getattr(window.navigator, "connection", None)
    reduced = window.matchMedia("(prefers-reduced-data: reduce)").matches
    return bool((link is not None and link.saveData) or reduced)


def asked() -> bool:
    """Return whether to be thrifty: data is to be saved, the link is slow, or the device has little memory."""
    device = window.navigator
    link = getattr(device, "connection", None)
    slow = link is not None and str(getattr(link, "effectiveType", "")) in ("slow-2g", "2g", "3g")
    memory = getattr(device, "deviceMemory", None)
    return bool(slow or saving() or (memory is not None and memory <= LITTLE))
