"""How long it takes to run, save and publish a round of 23 schools and 60 places."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from statistics import median
from time import perf_counter

from flask import Flask
from sqlalchemy import create_engine, select, text

from bench import site
from booking import create_app
from booking.days.allocation import service as allocation
from booking.days.events import service as events
from booking.days.events.models import Event
from booking.days.places import service as places
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.people.schools.models import School
from tests import postgres

#: What the 23 schools in the golden round ask for.
WANTED = (2, 2, 3, 3, 4, 4, 4, 5, 5, 5, 5, 6, 6, 6, 6, 6, 7, 7, 8, 8, 10, 12, 16)
PLACES = 60
TARGET_SECONDS = 0.5


@dataclass(frozen=True)
class Saved:
    """The median seconds from pressing the button to the commit, on one database."""

    database: str
    seconds: float


def measure(*, times: int, postgresql: bool) -> Iterator[Saved]:
    """Yield the time on SQLite, and on PostgreSQL if there is one."""
    with tempfile.TemporaryDirectory(prefix="fairplace-bench-") as folder:
        yield Saved("SQLite", _median(f"sqlite:///{Path(folder) / 'rounds.db'}", times))
    if postgresql and not postgres.missing():
        with postgres_database() as url:
            yield Saved("PostgreSQL", _median(url, times))


@contextmanager
def postgres_database() -> Iterator[str]:
    """Provide the address of an empty PostgreSQL database, which is dropped afterwards."""
    with ExitStack() as stack:
        server = stack.enter_context(postgres.server())
        admin = create_engine(server, isolation_level="AUTOCOMMIT")
        name = f"fairplace_bench_{os.getpid()}"
        with admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE template0"))
        yield server.set(database=name).render_as_string(hide_password=False)
        with admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
        admin.dispose()


def _median(url: str, times: int) -> float:
    # As in tests, there is no worker for the mail to wake.
    app = create_app({"DATABASE_URL": url, "APP_ENV": "testing", "TESTING": True})
    site.fill_database(app, site.Size(schools=len(WANTED), events=0, pupils=0))
    found = [_seconds(app, number) for number in range(times)]
    with app.app_context():
        db.engine.dispose()
    return median(found)


def _seconds(app: Flask, number: int) -> float:
    now = clock.now()
    closes_at = now + timedelta(days=10)
    with app.app_context():
        event_id = _asked_for(number, now, closes_at)
        began = perf_counter()
        with transaction():
            event = db.session.get_one(Event, event_id)
            allocation.run(actor=COMMAND, now=closes_at + timedelta(hours=1), event=event)
        return perf_counter() - began


def _asked_for(number: int, now: datetime, closes_at: datetime) -> int:
    """Return the id of a published event that every school has requested places at."""
    with transaction():
        schools = db.session.scalars(select(School).order_by(School.id)).all()
        starts_at = now + timedelta(days=60 + number)
        details = events.EventDetails(
            title=f"Puzzle day {number}",
            host_school_id=schools[0].id,
            low_year=-1,
            high_year=13,
            places=PLACES,
            dates=(events.DateDetails(starts_at, starts_at + timedelta(hours=5)),),
            theme="Mathematics",
            concept="Teams solve puzzles.",
            led_by="A specialist",
            venue="The hall",
            requests_close_at=closes_at,
            naming_close_at=now + timedelta(days=40),
        )
        event = events.write(actor=COMMAND, now=now, details=details)
        events.publish(actor=COMMAND, now=now, event=event)
        for school, wanted in zip(schools, WANTED, strict=True):
            places.request_places(
                actor=COMMAND, now=now, event=event, school=school, wanted=wanted, sure=True
            )
        return event.id
