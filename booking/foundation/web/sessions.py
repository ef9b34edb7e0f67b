"""Sessions in the database: revocable at once, shared by every web process.

Flask's own session is a signed cookie that nobody can take back (ASVS 5.0 7.4.1). Here the
cookie is 256 random bits and the table keeps its hash. Visitors get no row for the forms that they
are shown: see `visitors`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import Flask, Request, Response, g, request
from flask.sessions import SessionInterface, SessionMixin
from sqlalchemy import String, bindparam, delete, select, update
from werkzeug.datastructures import CallbackDict

from booking.foundation import clock, outages, security
from booking.foundation.db import db, let_go, rows, transaction
from booking.foundation.tokens import new_public_id, new_token, token_hash
from booking.foundation.web import locks, visitors
from booking.foundation.web.headers import FILES
from booking.foundation.web.models import WebSession
from booking.foundation.web.origins import SAFE


@dataclass(frozen=True)
class Length:
    """How long a session lasts without a request, and how long at most."""

    idle: timedelta
    absolute: timedelta


#: OWASP's session cheat sheet: the more a session allows, the shorter it is.
ORDINARY = Length(idle=timedelta(minutes=30), absolute=timedelta(hours=12))
SHORT = Length(idle=timedelta(minutes=15), absolute=timedelta(hours=8))
#: Set in a session that is about to begin, of somebody who sees every school, or money.
SHORT_KEY = "short"
#: `last_seen_at` is written at most this often, so that reading a page is not a write.
SEEN_EVERY = timedelta(minutes=1)
#: How long a request waits to note that its session is in use.
SEEN_SECONDS = 0.25
#: What a session may lose without harm: what the next page was to say, and its form token.
FORM_TOKEN = "csrf_token"  # noqa: S105 - Flask-WTF's own name
#: Stands between a form token and the person whose session it is of (`web/typed_again.py`).
OWNED_BY = "."
PASSING = {"_flashes", FORM_TOKEN}
PERSON_KEY = security.PERSON_KEY
#: Run on every request with a session, so it is built once.
_OPEN = select(
    WebSession.content,
    WebSession.created_at,
    WebSession.last_seen_at,
    WebSession.expires_at,
    WebSession.is_short,
).where(WebSession.token_hash == bindparam("token_hash", type_=String))


class DatabaseSession(CallbackDict[str, Any], SessionMixin):
    """The session of one browser, as Flask sees it."""

    def __init__(self, content: Mapping[str, Any] | None = None, token: str = "") -> None:
        def changed(_self: CallbackDict[str, Any]) -> None:
            self.modified = True

        super().__init__(dict(content or {}), changed)
        self.token = token
        self.modified = False
        self.accessed = True
        self.new = not token
        self.stale = False
        #: What it held when it was read.
        self.held = dict(self)
        #: Why it could not be read.
        self.outage: BaseException | None = None

    @property
    def changed_for_good(self) -> bool:
        """Whether more has changed than may be lost: somebody signed in or out, or chose."""
        now, then = ({k: v for k, v in of.items() if k not in PASSING} for of in (self, self.held))
        return now != then


class DatabaseSessions(SessionInterface):
    """Loads and saves sessions."""

    #: Where files are: they are the same for everybody, so no session is read for them.
    _file_paths: tuple[str, ...] = ()

    def open_session(self, app: Flask, incoming: Request) -> DatabaseSession:
        """Return the session the cookie names, or an empty one.

        No error handler sees what is raised here, so an outage is kept until one does.
        """
        token = token_in(app, incoming)
        if not token or incoming.path.startswith(self._files(app)):
            return DatabaseSession()
        if visitors.is_of_visitor(token):
            return _of_visitor(token)
        try:
            return _read(token)
        except outages.TROUBLE as error:
            if not outages.is_outage(error):
                raise
            let_go()
            session = DatabaseSession()
            session.outage = error
            return session

    def save_session(self, app: Flask, session: Any, response: Response) -> None:
        """Write a changed session and set the cookie when it is new.

        A page that was asked for needs nothing of this, so during an outage it goes out without.
        """
        if session.outage or g.get("outage") or not (session.modified or session.stale):
            return  # the database is not asked again about what it has just failed to answer
        if session.modified and session.changed_for_good and request.method not in SAFE:
            self._keep(app, session, response)
            return
        with outages.tolerated(outages.EXTRA_SECONDS if session.modified else SEEN_SECONDS):
            self._keep(app, session, response)

    def _files(self, app: Flask) -> tuple[str, ...]:
        if not self._file_paths:
            rules = (rule for name in FILES for rule in app.url_map.iter_rules(name))
            self._file_paths = tuple(rule.rule.partition("<")[0] for rule in rules)
        return self._file_paths

    def _keep(self, app: Flask, session: DatabaseSession, response: Response) -> None:
        name = self.get_cookie_name(app)
        if not session:
            if session.token:
                with transaction() as unit:
                    unit.execute(
                        delete(WebSession).where(WebSession.token_hash == token_hash(session.token))
                    )
                response.delete_cookie(name, path="/", secure=self.get_cookie_secure(app))
            return
        if not session.token and set(session) == {FORM_TOKEN}:
            self._set_cookie(app, response, visitors.sealed(session[FORM_TOKEN]))
        elif not _save(session):
            response.delete_cookie(name, path="/", secure=self.get_cookie_secure(app))
        elif session.new:
            self._set_cookie(app, response, session.token)

    def _set_cookie(self, app: Flask, response: Response, value: str) -> None:
        response.set_cookie(
            self.get_cookie_name(app),
            value,
            path="/",
            httponly=True,
            samesite="Lax",
            secure=self.get_cookie_secure(app),
        )


def _of_visitor(cookie: str) -> DatabaseSession:
    form_token = visitors.form_token(cookie, lasts=ORDINARY.absolute.total_seconds())
    return DatabaseSession({FORM_TOKEN: form_token} if form_token else {})


def _read(token: str) -> DatabaseSession:
    """Return the session of a token, or an empty one if it has ended."""
    found = rows(_OPEN, token_hash=token_hash(token))
    now = clock.now()
    if not found or found[0].expires_at <= now:
        return DatabaseSession()
    lasts = length(is_short=found[0].is_short)
    if found[0].last_seen_at <= now - lasts.idle or found[0].created_at <= now - lasts.absolute:
        return DatabaseSession()
    session = DatabaseSession(found[0].content, token)
    session.stale = found[0].last_seen_at <= now - SEEN_EVERY
    return session


def token_in(app: Flask, incoming: Request) -> str:
    """Return the token in a request's cookie, if any; everybody reads it here."""
    return incoming.cookies.get(app.config["SESSION_COOKIE_NAME"], "")


def length(*, is_short: bool) -> Length:
    """Return how long a session lasts."""
    return SHORT if is_short else ORDINARY


def _save(session: DatabaseSession) -> bool:
    """Write the session; return whether it is still alive (it may have been ended meanwhile)."""
    now = clock.now()
    with transaction() as unit:
        if session.token:
            row = unit.scalar(
                select(WebSession).where(WebSession.token_hash == token_hash(session.token))
            )
            if row is None:
                return False
        else:
            session.token, is_short = new_token(), bool(session.get(SHORT_KEY))
            row = WebSession(
                public_id=new_public_id(),
                token_hash=token_hash(session.token),
                created_at=now,
                expires_at=now + length(is_short=is_short).absolute,
                is_short=is_short,
                browser=(request.user_agent.string or "")[:200],
            )
            unit.add(row)
        if session.modified:
            row.content = dict(session)
            row.person_id = int(session[PERSON_KEY]) if PERSON_KEY in session else None
        row.last_seen_at = now
    return True


def renew(session: Any) -> None:
    """Give the session a new token (after signing in: an old one may have been planted).

    Its forms get theirs as well, so that the first page they are on has nothing to write.
    """
    old = session.token
    owner = session.get(PERSON_KEY, "")
    session.setdefault(FORM_TOKEN, f"{new_token()}{OWNED_BY}{owner}" if owner else new_token())
    g.pop(FORM_TOKEN, None)  # written on a form before, for the session that this one replaces
    session.token, session.new, session.modified = "", True, True
    if old:
        with transaction() as unit:
            unit.execute(delete(WebSession).where(WebSession.token_hash == token_hash(old)))


def take(session: Any, name: str) -> Any:
    """Take something out of the stored session; None if another request took it before.

    What may be used once is kept under `name`. Whoever gets None leaves the session and its cookie
    alone: the request that was first may have begun a new one.
    """
    with transaction() as unit:
        row = locks.session(unit, session.token)
        if row is None or name not in row.content:
            session.stale = False
            return None
        found = row.content[name]
        row.content = {key: value for key, value in row.content.items() if key != name}
    session.pop(name, None)
    return found


def owner_of(form_token: str) -> int | None:
    """Return whose session a form's token is of; None for a visitor's."""
    owner = form_token.rpartition(OWNED_BY)[2] if OWNED_BY in form_token else ""
    return int(owner) if owner.isdecimal() else None


def end_all(*, person_id: int, except_public_id: str = "") -> int:
    """End every session of a person, within the caller's transaction; return how many."""
    result = db.session.execute(
        delete(WebSession).where(
            WebSession.person_id == person_id, WebSession.public_id != except_public_id
        )
    )
    return int(result.rowcount)  # type: ignore[attr-defined]


def shorten(*, person_id: int) -> None:
    """Make every session of a person short from the next request on, in the caller's transaction.

    A column says so, because a request that goes on meanwhile writes its session's content anew.
    """
    db.session.execute(
        update(WebSession).where(WebSession.person_id == person_id).values(is_short=True)
    )


def purge(*, now: datetime) -> int:
    """Delete sessions past their time, within the caller's transaction; return how many."""
    result = db.session.execute(
        delete(WebSession).where(
            (WebSession.expires_at <= now) | (WebSession.last_seen_at <= now - ORDINARY.idle)
        )
    )
    return int(result.rowcount)  # type: ignore[attr-defined]
