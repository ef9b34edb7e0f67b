"""Public pages are written once for all visitors, until anything changes or a minute has passed.

A page is kept beside the mark of the data it was written from. Whoever asks next costs one small
query for the mark; a reader who has the page already is answered 304. Deadlines fall on whole
minutes, so a page of this minute says what a new one would say.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar

from flask import Flask, Response, current_app, make_response, request, session
from werkzeug.datastructures import Headers

from booking import clock

View = TypeVar("View", bound=Callable[..., Any])
#: How many pages a process keeps; those that nobody asked for longest go first.
PAGES_MAX = 200
#: What a reader says about the page it has; what is kept is whole, whatever this reader has.
CONDITIONS = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")


def nothing_known() -> Hashable | None:
    """Return no mark: nothing is kept."""
    return None


#: Returns what differs once anything was written; None keeps nothing. `audit/register.py` puts
#: the trail's newest entry here, for every change is recorded.
mark: Callable[[], Hashable | None] = nothing_known


@dataclass(frozen=True)
class Page:
    """A page as it was answered, and what it was written from."""

    written_from: tuple[Hashable, datetime]
    body: bytes
    headers: Headers


class Pages:
    """The pages that one application keeps, by their address."""

    def __init__(self) -> None:
        self._pages: OrderedDict[str, Page] = OrderedDict()

    def get(self, address: str) -> Page | None:
        """Return the page kept for an address."""
        return self._pages.get(address)

    def keep(self, address: str, page: Page) -> None:
        """Keep a page in place of what was kept for its address."""
        self._pages.pop(address, None)
        self._pages[address] = page
        while len(self._pages) > PAGES_MAX:
            self._pages.popitem(last=False)


def init_app(app: Flask) -> None:
    """Give the application its memory."""
    app.extensions["remembered"] = Pages()


def for_visitors(view: View) -> View:
    """Answer visitors from memory; whoever has a session gets a page of their own."""

    @wraps(view)
    def answered(**url_parts: Any) -> Any:
        if request.method != "GET" or current_app.config["SESSION_COOKIE_NAME"] in request.cookies:
            return view(**url_parts)
        written_from = (mark(), clock.now().replace(second=0, microsecond=0))
        pages: Pages = current_app.extensions["remembered"]
        page = pages.get(request.full_path)
        if page is None or page.written_from != written_from:
            response = _whole(view, url_parts)
            if written_from[0] is None or response.status_code != 200 or session.modified:
                return response.make_conditional(request)
            page = _page(response, written_from)
            pages.keep(request.full_path, page)
        return Response(page.body, headers=page.headers.copy()).make_conditional(request)

    return answered  # type: ignore[return-value]


def _whole(view: View, url_parts: dict[str, Any]) -> Response:
    asked = {name: request.environ.pop(name) for name in CONDITIONS if name in request.environ}
    try:
        return make_response(view(**url_parts))
    finally:
        request.environ.update(asked)


def _page(response: Response, written_from: tuple[Hashable, datetime]) -> Page:
    response.add_etag()
    response.headers.setdefault("Cache-Control", "no-cache")
    response.vary.add("Cookie")
    return Page(written_from, response.get_data(), response.headers)
