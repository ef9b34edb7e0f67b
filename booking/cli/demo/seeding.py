"""Seeds the demonstration, once."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from booking.cli.demo import calendars, people
from booking.cli.demo.bank_account import BankAccount
from booking.cli.demo.bidding import Bidding
from booking.cli.demo.bookkeeping import Bookkeeping
from booking.cli.demo.calendar import Diary, at
from booking.cli.demo.card_money import CardMoney
from booking.cli.demo.meetings import Meetings
from booking.cli.demo.programme import PLANS
from booking.cli.demo.siblings import Siblings
from booking.cli.demo.staging import stage
from booking.cli.demo.story import Story
from booking.cli.demo.term_plan import TermPlan
from booking.cli.demo.world import World
from booking.domain.ledger import Fund, Kind
from booking.foundation import clock
from booking.foundation.db import db, transaction
from booking.money.fund import service as fund
from booking.people.schools import queries as school_queries
from booking.people.schools.models import School
from booking.upkeep import purging

#: Days before today on which the network begins.
BEGINS = 430
SEED = 2027
#: (days before today, kind, facts): what the treasurer enters besides the events' costs.
TREASURY: tuple[tuple[int, Kind, dict[str, Any]], ...] = (
    (
        420,
        Kind.OPENING_BALANCE,
        {"amounts": {Fund.EVENTS: 18_000, Fund.ADMIN: 9_500, Fund.CPD: 31_250}},
    ),
    (
        300,
        Kind.GRANT,
        {
            "pence": 40_000,
            "fund": Fund.CPD,
            "description": "Aldermere Educational Trust: grant for training",
        },
    ),
    (
        215,
        Kind.SPEAKER,
        {
            "pence": 22_000,
            "fund": Fund.CPD,
            "description": "Speaker: questioning in mixed-age groups",
        },
    ),
    (
        130,
        Kind.SUBSIDY,
        {
            "pence": 12_500,
            "school": "brackenholt",
            "description": "Mathematics mastery course, half of the fee",
        },
    ),
    (90, Kind.ADMIN_COST, {"pence": 2_400, "description": "Hosting of the booking site"}),
    (
        58,
        Kind.GRANT,
        {
            "pence": 25_000,
            "fund": Fund.CPD,
            "description": "Rotary Club of Netherwick: grant for training",
        },
    ),
    (
        22,
        Kind.SUBSIDY,
        {
            "pence": 9_000,
            "school": "sallow-bank",
            "description": "Communication course, half of the fee",
        },
    ),
)


def is_seeded() -> bool:
    """Say whether the database holds schools: then it is left alone."""
    return bool(db.session.scalar(select(func.count()).select_from(School)))


def seed(now: datetime) -> str:
    """Live through the school year up to `now`; return the private link of a parent of two."""
    with without_waiting_for_the_disk():
        return _seed(now)


@contextmanager
def without_waiting_for_the_disk() -> Iterator[None]:
    """Let SQLite commit before the disk has it: thousands of waits that nothing is worth here.

    After a power cut in the middle the demonstration is made again from an empty database.
    """
    if db.engine.dialect.name != "sqlite":
        yield
        return
    _set_synchronous("OFF")
    try:
        yield
    finally:
        _set_synchronous("FULL")


def _set_synchronous(mode: str) -> None:
    """Set how the one connection of this process commits; outside transactions only."""
    db.session.rollback()  # gives the connection back, which the next line takes again
    connection = db.session.connection(execution_options={"one_statement": True})
    connection.exec_driver_sql(f"PRAGMA synchronous={mode}")
    db.session.rollback()


def _seed(now: datetime) -> str:
    today = now.astimezone(clock.LONDON).date()
    dice = random.Random(SEED)  # the same network every time
    begins = at(today - timedelta(days=BEGINS))
    with clock.pretending(begins):
        by_slug = people.add_schools(begins)
        people.add_days(begins, today)
        actors = people.add_people(begins, by_slug)
        for slug, school in by_slug.items():
            coordinator = actors[f"coordinator@{slug}.example"]
            people.add_pupils(begins, school, coordinator, dice)
    world = World(
        today=today,
        calendar=school_queries.calendar(None),
        schools=by_slug,
        people=actors,
        dice=dice,
    )
    diary = Diary(until=now, every_day=world.every_day)
    for days, kind, facts in TREASURY:
        _put_entry(diary, world, at(today - timedelta(days=days)), kind, facts)
    for plan in PLANS:
        staged = stage(plan, by_slug[plan.host], today, world.calendar)
        Story(staged, world, diary, random.Random(f"{SEED} {plan.title}")).begin()
    TermPlan(world, random.Random(f"{SEED} term plan")).put_into(diary)
    Bidding(world).put_into(diary)
    CardMoney(world).put_into(diary)
    siblings = Siblings(world)
    siblings.put_into(diary)
    Meetings(world, random.Random(f"{SEED} meetings")).put_into(diary)
    books = Bookkeeping(world)
    books.put_into(diary)
    diary.live()
    calendars.keep(world, now)
    purging.purge(now)
    world.treasury.seal()
    BankAccount(world, random.Random(f"{SEED} bank account")).import_statements(now)
    with transaction():
        fund.show_money(actor=actors["lead@fairplace.example"], now=now, shown=True)
    books.close_year(now)
    world.treasury.seal()
    return siblings.link


def _put_entry(
    diary: Diary, world: World, moment: datetime, kind: Kind, facts: dict[str, Any]
) -> None:
    diary.put(moment, lambda now: world.treasury.enter(now, kind, **facts))
