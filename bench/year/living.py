"""One year, day by day: people act, the worker works, and everything is examined."""

import logging
import sys
import tempfile
import traceback
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from pathlib import Path
from time import monotonic
from typing import Protocol

import flask_migrate
from sqlalchemy import func, select

from bench.year import told
from bench.year import world as year_world
from bench.year.bidding import Bidders
from bench.year.elsewhere import Elsewhere
from bench.year.families import Families, SecondThoughts
from bench.year.hosting import Hosts
from bench.year.office import Office
from bench.year.schooling import Coordinators
from bench.year.weather import Weather, postbox
from booking import create_app, worker
from booking.cli.demo.seeding import without_waiting_for_the_disk
from booking.days.places.models import Booking
from booking.foundation import clock
from booking.foundation.clock import LONDON
from booking.foundation.db import db
from booking.money.fund.models import Entry
from booking.money.payments.models import Payment
from booking.upkeep import doctor
from tests.features.money.checkout import accounting
from tests.postgres import memory

#: The whole school year and the September after it.
DAYS = 385


@dataclass
class Lived:
    """What came of one year."""

    seed: int
    days: int = 0
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)
    sizes: dict[str, int] = field(default_factory=dict)
    #: The day, and what was wrong on it; a year ends with its first bad day.
    problems: list[str] = field(default_factory=list)
    bad_day: date | None = None
    examined: int = 0
    seconds: float = 0.0


class Person(Protocol):
    """Whoever does something on every day."""

    def every_day(self) -> None:
        """Do it."""


def live(seed: int, *, days: int = DAYS, doctor_every: int = 1) -> Lived:
    """Live through a year that chance begins with `seed`; stop on the first bad day."""
    began = monotonic()
    lived = Lived(seed)
    with tempfile.TemporaryDirectory(prefix="year-", dir=memory()) as folder:
        url = f"sqlite:///{Path(folder) / 'year.db'}"
        app = create_app({"DATABASE_URL": url, "APP_ENV": "testing"})
        with app.app_context():
            flask_migrate.upgrade(app.extensions["migrate"].directory)
            with without_waiting_for_the_disk():
                there = year_world.build(app, seed)
                with postbox(there) as box:
                    _live(there, lived, Weather(there, box), days, doctor_every)
                lived.sizes = _sizes()
            db.session.remove()
            db.engine.dispose()
    lived.seconds = monotonic() - began
    return lived


def _live(
    world: year_world.World, lived: Lived, weather: Weather, days: int, doctor_every: int
) -> None:
    failures = Failures()
    logging.getLogger("booking").addHandler(failures)
    people: list[Person] = [
        Hosts(world),
        Coordinators(world),
        Families(world),
        SecondThoughts(world),
        Elsewhere(world),
        Office(world),
        Bidders(world),
    ]
    lived.done, lived.refused = world.done, world.refused
    for number in range(days):
        morning = year_world.BEGINS + timedelta(days=number)
        examine = number % doctor_every == doctor_every - 1 or number == days - 1
        lived.problems = _day(world, weather, people, morning.date(), examine=examine)
        lived.problems += failures.taken()
        lived.days = number + 1
        lived.examined += examine
        if lived.problems:
            lived.bad_day = morning.date()
            break
        if morning.day == 1:
            sys.stderr.write(f"  seed {world.seed}: {morning:%-d %B %Y}\n")
    logging.getLogger("booking").removeHandler(failures)


def _day(
    world: year_world.World,
    weather: Weather,
    people: list[Person],
    today: date,
    *,
    examine: bool,
) -> list[str]:
    """Live through one day; return what is wrong at its end."""
    try:
        with clock.pretending(_at(today, 7)):
            weather.every_day()
        for hour, who in ((9, people[:2]), (16, people[2:])):
            with clock.pretending(_at(today, hour)):
                for each in who:
                    each.every_day()
            if weather.worker_runs:
                with clock.pretending(_at(today, hour + 1)):
                    worker.run_all(world.app)
        with clock.pretending(_at(today, 23)):
            return list(_problems(weather)) if examine else []
    except Exception:  # noqa: BLE001 - whatever it is, it is a finding of this day
        db.session.rollback()
        return [traceback.format_exc()]


def _at(today: date, hour: int) -> datetime:
    return datetime.combine(today, time(hour), tzinfo=LONDON)


class Failures(logging.Handler):
    """Hears which of the worker's jobs have failed: here that is a finding, not a line in a log."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.words: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        """Keep what a job failed of; mail that is given up is no failure of a job."""
        if record.exc_info:
            self.words.append(logging.Formatter().format(record))

    def taken(self) -> list[str]:
        """Return what was heard since it was last asked."""
        heard, self.words = self.words, []
        return heard


def _problems(weather: Weather) -> Iterator[str]:
    db.session.rollback()
    for check, problems in doctor.examine():
        if weather.worker_runs or check.promise not in NEEDS_WORKER:
            yield from (f"{check.promise}: {problem}" for problem in problems)
    yield from accounting.bookings()
    yield from told.lost_unwritten(clock.now())
    db.session.rollback()


#: What nobody can keep on a day on which the worker is off.
NEEDS_WORKER = {"Nothing is kept too long"}


def _sizes() -> dict[str, int]:
    return {
        name: int(db.session.scalar(select(func.count()).select_from(model)) or 0)
        for name, model in (("bookings", Booking), ("payments", Payment), ("entries", Entry))
    }
