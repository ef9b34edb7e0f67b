"""Error pages: plain words, what to do next, and a number that is also in the log."""

import logging
from collections.abc import Callable
from typing import Any, TypeVar

from flask import Flask, current_app, g, jsonify, render_template, request, session
from werkzeug.exceptions import HTTPException

from booking.foundation import outages, schema
from booking.foundation.db import let_go, may_have_kept
from booking.foundation.tokens import new_public_id
from booking.foundation.web import identity
from booking.foundation.web.origins import SAFE

View = TypeVar("View", bound=Callable[..., Any])
log = logging.getLogger(__name__)
PAGES = {400, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503}
#: Where a request carries its number, which its answer and its lines in the logs say too.
NUMBER = "fairplace.request_id"
#: When to come back after an outage, in seconds.
RETRY = {"Retry-After": "10"}


def init_app(app: Flask) -> None:
    """Give each request a number and each error a page."""

    @app.before_request
    def number_request() -> None:
        g.request_id = request.environ.get(NUMBER) or new_public_id()
        if outage := getattr(session, "outage", None):
            raise outage  # met where Flask opens the session, which no error handler sees

    app.register_error_handler(HTTPException, _http_error)
    for kind in outages.TROUBLE:
        app.register_error_handler(kind, _database_error)
    app.register_error_handler(Exception, _unexpected)


def page(code: int, **words: Any) -> tuple[str, int]:
    """Return the error page for `code`."""
    shown = code if code in PAGES else 400 if code < 500 else 500
    identity.for_error_page(ask=code < 500)
    page = render_template(f"errors/{shown}.html", request_id=g.get("request_id", ""), **words)
    return page, code


def _http_error(error: HTTPException) -> Any:
    if error.response is not None or error.code is None or error.code < 400:
        return error
    wait = getattr(error, "retry_after", None)
    body, code = page(error.code, retry_after=minutes(wait) if isinstance(wait, int) else "")
    return body, code, [h for h in error.get_headers() if h[0] in {"Allow", "Retry-After"}]


def minutes(seconds: int) -> str:
    """Return a wait in whole minutes, in words: "a minute", "14 minutes"."""
    count = -(-seconds // 60)
    return "a minute" if count <= 1 else f"{count} minutes"


def unavailable(error: BaseException, advice: str = "") -> Any:
    """Return the answer to a request that met an outage; the database is not asked again.

    The log says what the database said, and the advice.
    """
    g.outage = True
    kept = may_have_kept()
    let_go()
    # Without the statement: its values may be somebody's, and an outage has thousands of them.
    log.error(
        "database unavailable, request %s, %s %s: %s%s",
        g.get("request_id"),
        request.method,
        request.endpoint,
        outages.cause(error),
        f". {advice}" if advice else "",
    )
    if answers_in_json():
        return jsonify(status="database unavailable"), 503, RETRY
    sent = request.method not in SAFE
    return (*page(503, unsaved=sent and not kept, unclear=sent and kept), RETRY)


def in_json(view: View) -> View:
    """Mark a view whose readers are programs, so that an outage is told in JSON too."""
    view.answers_in_json = True  # type: ignore[attr-defined]
    return view


def answers_in_json() -> bool:
    """Return whether whoever asks expects JSON of this address."""
    view = current_app.view_functions.get(request.endpoint or "")
    return request.path.endswith(".json") or bool(getattr(view, "answers_in_json", False))


def _database_error(error: Exception) -> Any:
    if schema.lacks_something(error) and (advice := schema.why()):
        return unavailable(error, advice)
    return unavailable(error) if outages.is_outage(error) else _unexpected(error)


def _unexpected(error: Exception) -> Any:
    let_go()
    log.error("unexpected error, request %s", g.get("request_id"), exc_info=error)
    return page(500)
