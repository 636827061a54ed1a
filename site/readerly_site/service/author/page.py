"""``/api/author``: the page, and who may see it."""

import base64
import hashlib
import hmac
from functools import cache
from pathlib import Path
from urllib.parse import parse_qsl

from itsdangerous import BadSignature, TimestampSigner
from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from ..answers import HEADERS
from ..bodies import read_body
from ..cross_site import is_cross_site
from ..crowds import GUESSES, Crowds, address_of
from ..known_pages import KnownPages
from ..problems import Problem
from ..store import Store
from .figures import Figures
from .plot import plot

COOKIE = "readerly_author"
OPEN_FOR = 12 * 60 * 60
"""Seconds for which a browser that gave the token may see the page."""

PERIODS = (7, 30, 90, 365)
"""Days that can be looked at."""

HERE = Path(__file__).parent
STYLE = (HERE / "page.css").read_text(encoding="utf-8")
_HASH = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
POLICY = f"default-src 'none'; style-src 'sha256-{_HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"


class AuthorPage:
    """Shows the figures to who has given the author's token, by a form or as ``Authorization: Bearer``."""

    def __init__(
        self, store: Store, pages: KnownPages, crowds: Crowds, origins: tuple[str, ...], key: str, token: str | None
    ) -> None:
        """Show what ``store`` has to who knows ``token``; without one there is no page. ``key`` signs the cookie."""
        self._store, self._pages, self._crowds, self._origins, self._token = store, pages, crowds, origins, token
        mark = hashlib.sha256((token or "").encode()).hexdigest()  # another token makes old cookies worthless
        self._signer = TimestampSigner(key, salt=f"readerly.author.{mark}", digest_method=hashlib.sha256)

    async def answer(self, request: Request) -> Response:
        """``GET``: the page, or the form that asks for the token. ``POST``: the token, or nothing to close the page."""
        if not self._token:
            raise Problem(404, "There is an author's page when the service has a READERLY_AUTHOR_TOKEN.")
        if request.method == "POST":
            return await self._post(request)
        if not await self._is_author(request):
            return _page(401, "Hearts and views", None)
        period, page = _period(request), request.query_params.get("page")
        titles = self._pages.titles()
        found = await self._store.figures(titles, period, page)
        if page is not None and not found.articles:
            raise Problem(404, "The service knows no such page.")
        return _page(200, (titles.get(page) or page) if page else "Hearts and views", found, period, page)

    async def _post(self, request: Request) -> Response:
        if is_cross_site(request.headers, self._origins):
            raise Problem(403, "The author's page is opened from itself alone.")
        await self._crowds.must_be_few(address_of(request), GUESSES)
        try:
            fields = dict(parse_qsl((await read_body(request)).decode(), keep_blank_values=True, max_num_fields=4))
        except ValueError:
            raise Problem(400, "The body is not a form.") from None
        given = fields.get("token", "")
        if given and not self._is_token(given):
            return _page(401, "Hearts and views", None, wrong=True)
        response = RedirectResponse(request.url.path, 303, HEADERS)
        place = {"path": request.url.path, "httponly": True, "samesite": "strict"}
        if given:
            value, secure = self._signer.sign("author").decode(), request.url.scheme == "https"
            response.set_cookie(COOKIE, value, max_age=OPEN_FOR, secure=secure, **place)  # type: ignore[arg-type]
        else:
            response.delete_cookie(COOKIE, **place)  # type: ignore[arg-type]
        return response

    async def _is_author(self, request: Request) -> bool:
        scheme, _, given = request.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer":
            await self._crowds.must_be_few(address_of(request), GUESSES)
            return self._is_token(given.strip())
        try:
            self._signer.unsign(request.cookies.get(COOKIE, ""), max_age=OPEN_FOR)
        except BadSignature:
            return False
        return True

    def _is_token(self, given: str) -> bool:
        return hmac.compare_digest(given.encode(), (self._token or "").encode())


def _period(request: Request) -> int:
    text = request.query_params.get("days", "30")
    if text not in map(str, PERIODS):
        raise Problem(400, f"days is one of {', '.join(map(str, PERIODS))}.")
    return int(text)


def _page(
    status: int, heading: str, figures: Figures | None, period: int = 30, page: str | None = None, wrong: bool = False
) -> Response:
    kinds = (("Views", "views"), ("Finished reads", "finished"), ("Hearts", "hearts"))
    plots = [
        plot(name, [(day.date, getattr(day, kind)) for day in figures.days])
        for name, kind in kinds
        if figures is not None
    ]
    whole = _template().render(
        heading=heading,
        style=STYLE,
        figures=figures,
        plots=plots,
        period=period,
        periods=PERIODS,
        page=page,
        wrong=wrong,
    )
    guard = {"Content-Security-Policy": POLICY, "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY"}
    return HTMLResponse(whole, status, {**HEADERS, **guard})


@cache
def _template() -> Template:
    templates = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    return templates.get_template("page.html")
