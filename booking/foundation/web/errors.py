"""Error pages: plain words, what to do next, and a number that is also in the log."""

import logging
from typing import Any

from flask import Flask, g, render_template
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import OperationalError
from werkzeug.exceptions import HTTPException

from booking.foundation.db import db
from booking.foundation.tokens import new_public_id

log = logging.getLogger(__name__)
PAGES = {400, 403, 404, 405, 409, 410, 413, 422, 429, 500, 503}


def init_app(app: Flask) -> None:
    """Give each request a number and each error a page."""

    @app.before_request
    def number_request() -> None:
        g.request_id = new_public_id()

    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(CSRFError, _http_error)
    app.register_error_handler(OperationalError, _database_error)
    app.register_error_handler(Exception, _unexpected)


def page(code: int, **words: Any) -> tuple[str, int]:
    """Return the error page for `code`."""
    shown = code if code in PAGES else 400 if code < 500 else 500
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


def _database_error(error: OperationalError) -> Any:
    db.session.rollback()
    log.error("database unavailable, request %s", g.get("request_id"), exc_info=error)
    return (*page(503), {"Retry-After": "10"})


def _unexpected(error: Exception) -> Any:
    db.session.rollback()
    log.error("unexpected error, request %s", g.get("request_id"), exc_info=error)
    return page(500)
