"""Which requests come from people who read, and not from robots or from browsers that fetch ahead."""

from collections.abc import Mapping

_AHEAD = {"sec-purpose": ("prefetch", "prerender"), "purpose": ("prefetch", "preview"), "x-moz": ("prefetch",)}
"""What browsers say when nobody has opened the page yet. https://fetch.spec.whatwg.org/#sec-purpose-header; the other
two are older names of it."""


def is_read_by_somebody(headers: Mapping[str, str]) -> bool:
    """Tell whether a request with these headers may count as a view.

    Browsers name themselves, so no name at all is no browser's. The known robots are those that the package
    crawler-user-agents lists. What a browser calls itself is looked at here and kept nowhere.
    """
    for name, words in _AHEAD.items():
        said = headers.get(name, "").lower()
        if any(word in said for word in words):
            return False
    agent = headers.get("user-agent", "").strip()
    return bool(agent) and not _is_robot(agent[:400])


def _is_robot(agent: str) -> bool:
    import crawleruseragents  # 600 KB of patterns, read when the first view comes

    return crawleruseragents.is_crawler(agent)
