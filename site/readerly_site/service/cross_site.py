"""Protection of form posts against cross-site request forgery.

The JSON API needs none: its token travels in a header that no other site can send. A form carries a cookie.
"""

from collections.abc import Mapping
from urllib.parse import urlsplit


def is_cross_site(headers: Mapping[str, str], origins: tuple[str, ...]) -> bool:
    """Tell whether a form post comes from a site that may not send it.

    Browsers say where a request comes from in `Sec-Fetch-Site`; where that is missing (old browsers, plain http), in
    `Origin`. A request with neither is no browser's, and has no reader's cookie to abuse. This is the algorithm of Go's
    ``net/http.CrossOriginProtection``, with one exception: a configured origin on *another site* is refused too, since
    the browser would keep the SameSite=Lax cookie back and each post would count as a new reader.
    """
    origin, fetch_site = headers.get("origin"), headers.get("sec-fetch-site")
    if fetch_site in ("same-origin", "none"):
        return False
    if origin in origins:
        return fetch_site == "cross-site"
    if fetch_site is not None:
        return True
    if origin is None:
        return False
    try:
        host = urlsplit(origin).netloc.lower()
    except ValueError:
        return True
    return not host or host != headers.get("host", "").lower()
