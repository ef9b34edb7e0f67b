"""Middleware that says a private calendar has not changed, before Flask and with one query.

A calendar changes when somebody does something, which the audit trail records, or when a certain
time passes. So an answer stays true while the address is in use, the newest entries of the trail
are the same and no such time has passed; in every other case the view answers.
"""

from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError
from werkzeug.datastructures import Headers
from werkzeug.http import is_resource_modified
from werkzeug.wrappers import Response

from booking.foundation import clock, outages
from booking.foundation.tokens import token_hash
from booking.foundation.web import acts, addresses, packing
from booking.on_the_day.calendars import queries, service
from booking.on_the_day.calendars.queries import AskedFeed

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

FEEDS, ENDING = addresses.CALENDAR_FEED.rule.split("<token>")
#: How many answers a process keeps; it drops the oldest first.
ANSWERS_MAX = 10_000
#: Where a request carries the feed once looked up, and how long its answer stays true.
ASKED, HOLDS = "fairplace.feed", "fairplace.feed_holds"
#: A tag counts for more than a date, which takes longer to read.
IF_NONE_MATCH = "HTTP_IF_NONE_MATCH"


@dataclass(frozen=True)
class Holds:
    """What an answer was made from: the trail as it was before, and when the answer expires."""

    trail: tuple[Any, ...]
    until: datetime

    def still(self, asked: AskedFeed) -> bool:
        """Return whether the calendar is unchanged."""
        return self.trail == asked.trail and clock.now() < self.until


@dataclass(frozen=True)
class KeptHead:
    """The head of an answer, either full or 304."""

    holds: Holds
    headers: Headers


class Unchanged:
    """Middleware that keeps the heads of an application's answers, by address."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._behind = app.wsgi_app
        self._answers: OrderedDict[tuple[str, bool], KeptHead] = OrderedDict()

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        """Answer 304 if that is still true; ask the application for everything else."""
        path = environ["PATH_INFO"]
        is_feed = path.startswith(FEEDS) and path.endswith(ENDING)
        if not is_feed or "HTTP_COOKIE" in environ:
            return self._behind(environ, start_response)
        token = path.removeprefix(FEEDS).removesuffix(ENDING)
        key = token_hash(token), packing.wanted(environ)
        known = self._answers.get(key)
        if known is not None and self._holds(known, token, environ):
            response = Response(status=304, headers=known.headers)
            return response(environ, start_response)
        return self._behind(environ, self._keeping(key, environ, start_response))

    def forget(self) -> None:
        """Forget every answer."""
        self._answers.clear()

    def _holds(self, known: KeptHead, token: str, environ: "WSGIEnvironment") -> bool:
        if environ["REQUEST_METHOD"] not in {"GET", "HEAD"} or is_resource_modified(
            environ,
            etag=known.headers["ETag"].strip('"'),
            last_modified=None if IF_NONE_MATCH in environ else known.headers.get("Last-Modified"),
        ):
            return False
        try:
            with self._app.app_context():
                asked = environ[ASKED] = queries.asked_for(token)
                if asked is None or not known.holds.still(asked):
                    return False
                note(asked, environ.get("HTTP_USER_AGENT", ""))
        except SQLAlchemyError:
            return False  # the application says what is wrong
        return True

    def _keeping(
        self, key: tuple[str, bool], environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> "StartResponse":
        def start(status: str, headers: list[tuple[str, str]], *rest: Any) -> Any:
            if HOLDS in environ and status[:3] in {"200", "304"}:
                self._keep(key, KeptHead(environ[HOLDS], Headers(headers)))
            return start_response(status, headers, *rest)

        return start

    def _keep(self, key: tuple[str, bool], answer: KeptHead) -> None:
        self._answers.pop(key, None)
        self._answers[key] = answer
        while len(self._answers) > ANSWERS_MAX:
            self._answers.popitem(last=False)


def note(asked: AskedFeed, program: str) -> None:
    """Record that a program fetched this feed, unless a recent fetch is already recorded.

    The calendar is sent even if the database cannot be written just now.
    """
    now = clock.now()
    if not service.needs_noting(asked.last_fetched_at, now=now):
        return
    with outages.tolerated():
        acts.run(lambda: service.note_fetch(now=now, feed_id=asked.id, program=program))


def init_app(app: Flask) -> None:
    """Put this middleware in front of the application."""
    app.wsgi_app = app.extensions["unchanged"] = Unchanged(app)  # type: ignore[method-assign]
