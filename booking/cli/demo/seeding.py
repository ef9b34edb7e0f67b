"""Seeding the demonstration, once."""

import random
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime, timedelta

from sqlalchemy import func, select

from booking.cli.demo import people
from booking.cli.demo.on_paper import OnPaper
from booking.cli.demo.programme import PLANS
from booking.cli.demo.siblings import Siblings
from booking.cli.demo.story import PlanStory
from booking.cli.demo.world import World
from booking.days.events.demonstration import stage
from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.domain import english
from booking.domain.permissions import WORKER
from booking.foundation import clock, security
from booking.foundation.audit import service as audit
from booking.foundation.db import db, transaction
from booking.foundation.notifications.models import Message
from booking.money.fund.models import Entry
from booking.people.pupils.models import Pupil
from booking.people.schools import queries as school_queries
from booking.people.schools import scene as school_scene
from booking.people.schools.models import School
from booking.people.schools.scene import SEED, Diary, Scene, at
from booking.upkeep import purging
from booking.upkeep.details import DEMONSTRATION

#: Told what is being done.
Teller = Callable[[str], object]
#: How many days before its first event is published the network begins.
BEFORE_FIRST = 20


def is_seeded() -> bool:
    """Return whether the database already holds schools, and so is left alone."""
    return bool(db.session.scalar(select(func.count()).select_from(School)))


def summary() -> str:
    """Return what there is now, in words: "23 schools, 40 events and 900 pupils"."""
    counted = (
        (School, "school"),
        (Event, "event"),
        (Pupil, "pupil"),
        (Booking, "booking"),
        (Message, "mail"),
        (Entry, "ledger entry"),
    )
    return english.listed(
        english.plural(db.session.scalar(select(func.count()).select_from(model)) or 0, word)
        for model, word in counted
    )


def seed(now: datetime, *, tell: Teller = lambda _doing: None) -> str:
    """Play out the school year up to `now`; return the private link of a parent of two.

    `tell` is told each month that begins.
    """
    with without_waiting_for_the_disk(), security.quiet():
        return _seed(now, tell)


@contextmanager
def without_waiting_for_the_disk() -> Iterator[None]:
    """Let SQLite commit without waiting for the disk, which would take thousands of waits.

    After a power cut, you can make the demonstration again from an empty database.
    """
    if db.engine.dialect.name != "sqlite":
        yield
        return
    _begin_afresh()
    connection = db.session.connection(execution_options={"one_statement": True})
    connection.exec_driver_sql("PRAGMA synchronous=OFF")
    db.session.rollback()
    try:
        yield
    finally:
        _begin_afresh()  # every new one waits for the disk


def _begin_afresh() -> None:
    """Close the connections of this process, which has no transaction open: the next is alone."""
    db.session.rollback()
    db.engine.dispose()


def begins_on(today: date) -> date:
    """Return the day on which the network begins."""
    calendar = people.school_calendar(today)
    first = min(stage(plan, today, calendar).published for plan in PLANS)
    return first - timedelta(days=BEFORE_FIRST)


def _seed(now: datetime, tell: Teller) -> str:
    today = now.astimezone(clock.LONDON).date()
    dice = random.Random(SEED)  # the same network every time
    begins = at(begins_on(today))
    tell("Adding schools, people and pupils")
    with clock.pretending(begins):
        with transaction():  # first, so that a year that was broken off is known as well
            audit.note(actor=WORKER, action="seed_demo", about=DEMONSTRATION)
        by_slug = people.add_schools(begins)
        people.add_days(begins, today)
        actors = people.add_people(begins, by_slug)
        for slug, school in by_slug.items():
            coordinator = actors[f"coordinator@{slug}.example"]
            people.add_pupils(begins, school, coordinator, dice)
    scene = Scene(
        today=today, calendar=school_queries.calendar(None), schools=by_slug, people=actors
    )
    world = World(scene, dice)
    siblings = Siblings(world)
    diary = Diary(until=now, every_day=_telling_months(world.every_day, tell))
    school_scene.opened(scene, diary)
    for plan in PLANS:
        staged = stage(plan, today, scene.calendar)
        PlanStory(staged, world, diary, scene.dice(plan.title)).begin()
    siblings.put_into(diary)
    OnPaper(world).put_into(diary)
    diary.live()
    tell("Sealing the ledger and the audit trail")
    purging.purge(now)
    world.treasury.seal()
    school_scene.closed(scene, now)
    world.treasury.seal()
    return siblings.link


def _telling_months(every_day: Callable[[datetime], None], tell: Teller) -> Callable[..., None]:
    """Return what happens every day, and tells which month begins."""
    month = 0

    def day(moment: datetime) -> None:
        nonlocal month
        if moment.month != month:
            month = moment.month
            tell(f"Playing out {moment:%B %Y}")
        every_day(moment)

    return day
