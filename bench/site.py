"""A network to measure with: its database, somebody signed in, and what each page reads."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import flask_migrate
from flask import Flask
from sqlalchemy import event, select

from booking import create_app
from booking.cli.scale import fill
from booking.cli.scale.rows import Rows
from booking.days.events.models import Event, EventState
from booking.days.places.models import Place
from booking.domain.permissions import COMMAND, Role
from booking.foundation import clock
from booking.foundation.audit import service as audit
from booking.foundation.db import db, transaction
from booking.foundation.tokens import new_public_id, new_token, token_hash
from booking.foundation.web.models import WebSession
from booking.foundation.web.sessions import ORDINARY, PERSON_KEY
from booking.people.schools.models import RoleGrant


@dataclass(frozen=True)
class Size:
    """How large a network to measure with."""

    schools: int = 23
    #: One in five is over, so that 200 are listed.
    events: int = 250
    pupils: int = 10_000


@dataclass
class Page:
    """One of our pages: its address, and what it reads when nothing is cached."""

    name: str
    path: str
    headers: dict[str, str] = field(default_factory=dict)
    status: int = 200
    content_type: str = "text/html; charset=utf-8"
    bytes_sent: int = 0
    statements: list[tuple[str, Any]] = field(default_factory=list)


def build(folder: Path, size: Size) -> Flask:
    """Return the application with a new SQLite database and a network of this size."""
    app = create_app({"DATABASE_URL": f"sqlite:///{folder / 'bench.db'}", "APP_ENV": "development"})
    fill_database(app, size)
    return app


def fill_database(app: Flask, size: Size) -> None:
    """Migrate the application's database and fill it with a network."""
    with app.app_context():
        flask_migrate.upgrade(app.extensions["migrate"].directory)
        with transaction() as session:
            fill(Rows(session), **asdict(size), password_hash="", now=clock.now())
            audit.note(actor=COMMAND, action="measure", about="network")


def pages(app: Flask) -> list[Page]:
    """Return the pages to measure, each with what it reads."""
    with app.app_context():
        cookie = {"Cookie": f"{app.config['SESSION_COOKIE_NAME']}={_sign_in_busiest()}"}
        slug = db.session.scalars(
            select(Event.slug).where(
                Event.state == EventState.PUBLISHED, Event.first_starts_at > clock.now()
            )
        ).first()
    calendar = "text/calendar; charset=utf-8"
    found = [
        Page("listing", "/"),
        Page("event page", f"/events/{slug}"),
        Page("coordinator's home", "/school/", cookie),
        Page("network feed", "/calendar/network.ics", content_type=calendar),
        Page("network feed, 304", "/calendar/network.ics", status=304, content_type=calendar),
        Page("event file", f"/events/{slug}.ics", content_type=calendar),
        Page("event file, 304", f"/events/{slug}.ics", status=304, content_type=calendar),
    ]
    for page in found:
        look_at(app, page)
    return found


def _sign_in_busiest() -> str:
    """Return the session token of a coordinator whose school holds the most places."""
    holders = db.session.scalars(select(Place.school_id).where(Place.school_id.is_not(None))).all()
    return sign_in_as(Role.COORDINATOR, school_id=max(set(holders), key=holders.count))


def sign_in_as(role: Role, *, school_id: int | None = None) -> str:
    """Return the session token of somebody who holds a role, at a school if the role has one."""
    person_id = db.session.scalar(
        select(RoleGrant.person_id).where(RoleGrant.role == role, RoleGrant.school_id == school_id)
    )
    assert person_id is not None, f"nobody is {role}"
    token, now = new_token(), clock.now()
    with transaction() as session:
        session.add(
            WebSession(
                public_id=new_public_id(),
                token_hash=token_hash(token),
                person_id=person_id,
                content={PERSON_KEY: str(person_id), "_fresh": True},
                created_at=now,
                # Last seen tomorrow, so that a benchmark of more than an hour is not signed out.
                last_seen_at=now + timedelta(days=1),
                expires_at=now + 4 * ORDINARY.absolute,
            )
        )
    return token


def look_at(app: Flask, page: Page) -> None:
    """Ask for the page once, and note what it reads and how large it is."""
    client = app.test_client(use_cookies=False)
    if "Cookie" in page.headers:  # the first answer in a session writes to the session as well
        client.get(page.path, headers=page.headers)
    if page.status == 304:
        etag = client.get(page.path, headers=page.headers).headers["ETag"]
        page.headers["If-None-Match"] = etag
    with _recorded(app) as page.statements:
        answer = client.get(page.path, headers=page.headers)
    assert answer.status_code == page.status, f"{page.path}: {answer.status}"
    page.bytes_sent = len(answer.data)


@contextmanager
def _recorded(app: Flask) -> Iterator[list[tuple[str, Any]]]:
    statements: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, sql: str, parameters: Any, *_rest: Any) -> None:
        if sql.startswith(("SELECT", "WITH")):
            statements.append((sql, parameters))

    with app.app_context():
        engine = db.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(engine, "before_cursor_execute", note)


def write_plan(pages: list[Page], database: Path, folder: Path) -> Path:
    """Write a file with what the floor serves; return its path."""
    plan = folder / "plan.json"
    plan.write_text(json.dumps({"database": str(database), "pages": [asdict(p) for p in pages]}))
    return plan
