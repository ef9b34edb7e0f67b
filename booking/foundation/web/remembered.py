"""Public pages are written once for all visitors, until something changes or a minute has passed.

A page is kept with a mark of the data it was written from, and is served before the request reaches
Flask: the next visitor costs one small query for the mark, and a reader who already has the page
gets 304. Deadlines fall on whole minutes, so a page from this minute says what a new one would.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import TYPE_CHECKING, Any, TypeVar

from flask import Flask, Response, current_app, g, make_response, request, session
from flask_login import current_user
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.datastructures import Headers

from booking.foundation import clock
from booking.foundation.ports import Socket
from booking.foundation.web import hosts, packing, sessions

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

View = TypeVar("View", bound=Callable[..., Any])
#: How many pages a process keeps; the oldest go first.
PAGES_MAX = 200
#: What a reader says about the page it has, and how it wants it; what is kept is whole and plain,
#: whatever this reader has and wants.
CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE", "HTTP_ACCEPT_ENCODING")
#: Where a request carries the moment once it has been looked up.
MOMENT = "fairplace.moment"


@Socket
def mark() -> Hashable | None:
    """Return what differs once anything was written; None keeps nothing."""
    return None


#: The mark, and the minute.
Moment = tuple[Hashable | None, datetime]


@dataclass(frozen=True)
class KeptPage:
    """A page as it was served, and what it was written from."""

    written_from: Moment
    body: bytes
    headers: Headers

    def answer(self, environ: "WSGIEnvironment") -> Response:
        """Return the page, or 304 to a reader who has it."""
        response = Response(self.body, headers=self.headers.copy())
        packing.answer(response, environ)
        response.make_conditional(environ)
        return response


class Memory:
    """Sits in front of an application and keeps its visitors' pages by address."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._behind = app.wsgi_app
        self._pages: OrderedDict[str, KeptPage] = OrderedDict()

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer from memory if the page is still right; otherwise ask the application."""
        page = self.page(address(environ)) if self.is_visitor(environ) else None
        if page is not None:
            environ[MOMENT] = self._now()
            if page.written_from == environ[MOMENT]:
                return page.answer(environ)(environ, start_response)
        return self._behind(environ, start_response)

    def is_visitor(self, environ: "WSGIEnvironment") -> bool:
        """Say whether a page is asked for by somebody without a session.

        The cookies are read as the sessions read them: a cookie has many spellings, and a page
        of somebody who is signed in must not pass for a visitor's.
        """
        if environ["REQUEST_METHOD"] != "GET":
            return False
        if not hosts.is_ours(self._app, environ.get("HTTP_HOST", "localhost")):
            return False
        if not environ.get("HTTP_COOKIE"):
            return True
        asked = self._app.request_class(environ, populate_request=False)
        return not sessions.token_in(self._app, asked)

    def page(self, of: str) -> KeptPage | None:
        """Return the page kept for an address."""
        return self._pages.get(of)

    def keep(self, of: str, page: KeptPage) -> None:
        """Keep a page in place of what was kept for its address."""
        self._pages.pop(of, None)
        self._pages[of] = page
        while len(self._pages) > PAGES_MAX:
            self._pages.popitem(last=False)

    def forget(self) -> None:
        """Forget every page, because the database has been replaced."""
        self._pages.clear()
        packing.forget()

    def _now(self) -> Moment | None:
        try:
            with self._app.app_context():
                return moment()
        except SQLAlchemyError:
            return None  # the application shows what is wrong, on a page


def moment() -> Moment:
    """Return the mark and the minute that a page written now is made from."""
    return mark(), clock.now().replace(second=0, microsecond=0)


def address(environ: "WSGIEnvironment") -> str:
    """Return what tells one page from another."""
    return f"{environ.get('SCRIPT_NAME', '')}{environ['PATH_INFO']}?{environ['QUERY_STRING']}"


def init_app(app: Flask) -> None:
    """Put a memory in front of the application.

    It comes before all other parts, so that it sees what they have added to an answer.
    """
    memory = app.wsgi_app = app.extensions["remembered"] = Memory(app)  # type: ignore[method-assign]

    @app.after_request
    def keep(response: Response) -> Response:
        written_from: Moment | None = g.pop("written_from", None)
        if written_from is None or response.status_code != 200:
            return response
        if written_from[0] is not None and is_for_everybody(response):
            response.add_etag()
            page = KeptPage(written_from, response.get_data(), response.headers.copy())
            memory.keep(address(request.environ), page)
            return page.answer(request.environ)
        response.make_conditional(request)
        return response


def is_for_everybody(response: Response) -> bool:
    """Return whether an answer has nothing of its reader in it, and may be shown to everybody."""
    own = session or session.modified or current_user.is_authenticated
    told = response.cache_control
    return not (own or told.no_store or told.private or "Set-Cookie" in response.headers)


def for_visitors(view: View) -> View:
    """Let a view's pages be remembered; people with a session get a page of their own."""

    @wraps(view)
    def whole(**url_parts: Any) -> Any:
        memory: Memory = current_app.extensions["remembered"]
        if not memory.is_visitor(request.environ):
            return view(**url_parts)
        # Taken before the page is written, so that a change meanwhile is seen next time.
        g.written_from = request.environ.get(MOMENT) or moment()
        asked = {name: request.environ.pop(name) for name in CONDITIONS if name in request.environ}
        try:
            response = make_response(view(**url_parts))
        finally:
            request.environ.update(asked)
        response.headers.setdefault("Cache-Control", "no-cache")
        response.vary.add("Cookie")
        return response

    return whole  # type: ignore[return-value]
