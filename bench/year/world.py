"""The world of a simulated year: who is there, the dice, and how something is done or refused."""

import random
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, TypeVar

from flask import Flask
from sqlalchemy import Select, select

from booking.days.allocation.refusals import RoundRefused
from booking.days.events import refusals as event_refusals
from booking.days.places.refusals import PlaceRefused
from booking.domain import ledger, payment_states
from booking.domain.booking_states import MoveNotAllowed
from booking.domain.permissions import Actor, Role
from booking.foundation import clock
from booking.foundation.clock import LONDON
from booking.foundation.db import db, transaction
from booking.money.bids import service as bid_service
from booking.money.cash import service as cash_service
from booking.money.checkout import service as checkout
from booking.money.fund import service as fund
from booking.money.invoices import service as invoices
from booking.money.payments import gateway
from booking.money.payments import service as payments
from booking.people.pupils.models import Pupil
from booking.people.pupils.service import ParentDetails
from booking.people.schools.models import School
from tests.builders import fund as fund_builders
from tests.builders import pupils, schools

#: Monday; the year runs into the next September, for moving up.
BEGINS = datetime(2026, 8, 31, 7, 0, tzinfo=LONDON)
SCHOOLS = ("tindlebrook", "aldermere-middle", "pennyfold", "beacon-ridge", "kestrelmere")
HOSTS = ("tindlebrook", "pennyfold", "beacon-ridge")
PUPILS_OF_SCHOOL = 14
#: What somebody may be told instead of having it done; anything else is a fault.
REFUSALS: tuple[type[Exception], ...] = (
    PlaceRefused,
    RoundRefused,
    MoveNotAllowed,
    payment_states.MoveNotAllowed,
    event_refusals.EventRefused,
    event_refusals.EventIsOver,
    event_refusals.NotPublished,
    event_refusals.NotOverYet,
    checkout.AlreadyPaid,
    checkout.ChoiceIsOver,
    checkout.ConsentMissing,
    checkout.MoreThanAsked,
    checkout.MovedMeanwhile,
    checkout.NotInvited,
    checkout.NotPayable,
    checkout.NotToBeTakenAgain,
    checkout.NothingAsked,
    checkout.NothingToObjectTo,
    checkout.OnItsWay,
    checkout.RemindedAlready,
    checkout.ToldByAnother,
    payments.AmountTooSmall,
    payments.MoreThanLeft,
    payments.NothingToRefund,
    payments.NotFailed,
    payments.NotWaiting,
    payments.Disputed,
    gateway.GatewayRefused,
    gateway.GatewayUnavailable,
    bid_service.BidRefused,
    bid_service.NotEnoughToPromise,
    bid_service.PromiseLapsed,
    cash_service.ListChanged,
    fund.NotEnoughMoney,
    fund.NothingLeft,
    invoices.NothingToBill,
    ledger.EntryReasonMissing,
    ledger.SecondPersonNeeded,
)
T = TypeVar("T")


@dataclass
class World:
    """Everybody, the dice, and what has been done so far."""

    app: Flask
    seed: int
    dice: random.Random
    #: By slug.
    schools: dict[str, int] = field(default_factory=dict)
    actors: dict[str, Actor] = field(default_factory=dict)
    done: Counter[str] = field(default_factory=Counter)
    refused: Counter[str] = field(default_factory=Counter)

    @property
    def now(self) -> datetime:
        """This instant, by the year's clock."""
        return clock.now()

    def happens(self, chance: float) -> bool:
        """Return whether something happens that has this chance."""
        return self.dice.random() < chance

    def act(self, name: str, work: Callable[[], object]) -> bool:
        """Do something in one transaction; return False if it was refused."""
        try:
            with transaction():
                work()
        except REFUSALS as refusal:
            self.refused[f"{name}: {type(refusal).__name__}"] += 1
            return False
        self.done[name] += 1
        return True

    def without_transaction(self, name: str, work: Callable[[], T]) -> T | None:
        """Do something that opens its own transactions; return None if it was refused."""
        try:
            result = work()
        except REFUSALS as refusal:
            self.refused[f"{name}: {type(refusal).__name__}"] += 1
            return None
        finally:
            db.session.rollback()
        self.done[name] += 1
        return result

    def ids(self, statement: Select[Any]) -> Sequence[int]:
        """Return ids, so that each row is read afresh when its turn has come."""
        found = list(db.session.scalars(statement))
        db.session.rollback()
        return found

    def some(self, statement: Select[Any], chance: float) -> Any:
        """Return one of the ids, if something happens that has this chance; else None."""
        found = self.ids(statement) if self.happens(chance) else ()
        return self.dice.choice(found) if found else None

    def coordinator_of(self, school_id: int) -> Actor:
        """Return the coordinator of a school."""
        slug = next(slug for slug, known in self.schools.items() if known == school_id)
        return self.actors[f"coordinator@{slug}.example"]


def build(app: Flask, seed: int) -> World:
    """Return a new network in its first week: schools, people, terms, pupils, and a grant."""
    world = World(app, seed, random.Random(seed))
    with clock.pretending(BEGINS):
        for slug in SCHOOLS:
            world.schools[slug] = schools.make_school(slug=slug).id
        schools.make_terms()
        with clock.pretending(BEGINS + timedelta(days=380)):
            schools.make_terms()
        _add_people(world)
        fund_builders.make_grant(pence=150_000)
        for school_id in world.schools.values():
            _add_pupils(world, school_id)
    db.session.rollback()
    return world


def _add_people(world: World) -> None:
    wanted = [
        (f"coordinator@{slug}.example", Role.COORDINATOR, school_id)
        for slug, school_id in world.schools.items()
    ]
    wanted += [
        ("lead@fairplace.example", Role.LEAD, 0),
        ("treasurer@fairplace.example", Role.TREASURER, 0),
        ("host@tindlebrook.example", Role.HOST, world.schools["tindlebrook"]),
    ]
    for email, role, school_id in wanted:
        school = db.session.get_one(School, school_id) if school_id else None
        person = schools.make_person(email=email, role=role, school=school)
        world.actors[email] = schools.actor_of(person)


def _add_pupils(world: World, school_id: int) -> None:
    """Add children; one in six has two parents, one in eight a brother or sister."""
    school = db.session.get_one(School, school_id)
    years = [year for year in (5, 6) if school.low_year <= year <= school.high_year]
    email = ""
    for number in range(PUPILS_OF_SCHOOL):
        sibling = bool(email) and world.happens(1 / 8)
        email = email if sibling else f"family{number}@{school.slug}.example"
        parents = [ParentDetails(f"Parent {number}", email, "07700900123")]
        if world.happens(1 / 6):
            other = f"other{number}@{school.slug}.example"
            parents.append(ParentDetails(f"Other parent {number}", other, ""))
        pupils.make_pupil(
            school=school,
            surname=f"Of {school.slug} {number}",
            year_group=years[number % len(years)],
            parents=parents,
        )


def everybody(school_id: int) -> Select[Any]:
    """Return the ids of a school's pupils who have not left."""
    return select(Pupil.id).where(Pupil.school_id == school_id, Pupil.left_at.is_(None))
