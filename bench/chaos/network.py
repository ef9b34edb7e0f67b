"""The network that is tried: six schools, their pupils, and days at every stage of their lives."""

from dataclasses import dataclass
from datetime import datetime, timedelta

import flask_migrate
from flask import Flask

from booking import create_app
from booking.days.allocation import service as allocation
from booking.days.events.models import Event, Sharing
from booking.domain.charging import FeeKind
from booking.domain.permissions import COMMAND
from booking.foundation import clock
from booking.foundation.clock import LONDON
from booking.foundation.db import db, transaction
from booking.foundation.notifications import sending
from booking.people.pupils.models import Pupil
from booking.people.schools.models import School
from tests import cast
from tests.builders import checkout, events, fund, places, pupils, schools

#: A Tuesday in term; the last Sunday of the month is the night of the change.
BEGINS = datetime(2027, 3, 2, 10, 0, tzinfo=LONDON)
#: Schools of the cast that have Years 5 and 6; the first one hosts.
SCHOOLS = (
    "tindlebrook",
    "aldermere-middle",
    "osier-bridge",
    "pennyfold",
    "beacon-ridge",
    "saltwillow",
)
HOST = SCHOOLS[0]
PUPILS_OF_SCHOOL = 40
KINDS = (FeeKind.VOLUNTARY_CONTRIBUTION, FeeKind.CHARGE, FeeKind.FREE, FeeKind.PAID_BY_SCHOOL)


@dataclass(frozen=True)
class Scene:
    """What exists when the trouble begins, by what pages call it."""

    #: Slugs of schools that ask and name.
    schools: tuple[str, ...]
    #: Slugs of events that take requests, that wait for a round, and that are on now.
    open: tuple[str, ...]
    rounds: tuple[str, ...]
    today: tuple[str, ...]


def application(url: str, **settings: str) -> Flask:
    """Return the application on a database, without a worker to wake."""
    return create_app({"DATABASE_URL": url, "APP_ENV": "testing", **settings})


def build(app: Flask) -> Scene:
    """Fill an empty database; the year so far is played by the services."""
    with app.app_context():
        flask_migrate.upgrade(app.extensions["migrate"].directory)
        with clock.pretending(BEGINS - timedelta(days=40)):
            network = _schools_and_people()
            fund.make_grant(pence=500_000)
            classes = {slug: _class(school) for slug, school in network.items()}
            today = [_on_now(network, classes, number) for number in range(2)]
        with clock.pretending(BEGINS - timedelta(days=20)):
            rounds = [_round(network, number) for number in range(3)]
        with clock.pretending(BEGINS - timedelta(days=1)):
            opened = [_first_come(network, number) for number in range(8)]
            opened.append(_quotas(network))
        # Otherwise the first letters to families would wait behind the mail of forty days.
        sending.put_away(now=BEGINS - timedelta(hours=1))
        scene = Scene(tuple(network), tuple(opened), tuple(rounds), tuple(today))
        db.session.remove()
    return scene


def add_autumn(app: Flask, begins: datetime) -> tuple[str, ...]:
    """Publish days after another autumn's change of the clock; return their slugs."""
    with app.app_context(), clock.pretending(begins - timedelta(days=1)):
        schools.make_terms()
        network = {each.slug: each for each in db.session.query(School)}
        found = tuple(_first_come(network, number, "Autumn") for number in range(3))
        db.session.remove()
    return found


def _schools_and_people() -> dict[str, School]:
    network = {slug: schools.make_school(slug=slug) for slug in SCHOOLS}
    schools.make_terms()
    for facts in cast.PEOPLE:
        for role, slug in facts.roles:
            if slug is None or slug in network:
                schools.make_person(
                    email=facts.email, role=role, school=network[slug] if slug else None
                )
                break
    return network


def _class(school: School) -> list[Pupil]:
    years = [year for year in (5, 6) if school.low_year <= year <= school.high_year]
    return [
        pupils.make_pupil(
            school=school, surname=f"Of {school.name}", year_group=years[number % len(years)]
        )
        for number in range(PUPILS_OF_SCHOOL)
    ]


def _on_now(network: dict[str, School], classes: dict[str, list[Pupil]], number: int) -> str:
    """Return the slug of an event that began an hour ago, with its places taken."""
    starts_at = BEGINS - timedelta(hours=1)
    event = events.make_event(
        host=network[HOST],
        title=f"Day {number} that is on",
        sharing=Sharing.FIRST_COME,
        places=30,
        dates=[events.one_date(starts_at)],
        venue=f"Hall {number}",
    )
    for slug in SCHOOLS[1:]:
        places.ask(event, network[slug], 4)
        for pupil in classes[slug][number * 4 : number * 4 + 4]:
            booking = places.make_booking(event=event, school=network[slug], pupil=pupil)
            checkout.answer(checkout.link(booking, pupil.parents[0]))
    return event.slug


def _round(network: dict[str, School], number: int) -> str:
    """Return the slug of an event whose requests closed yesterday."""
    event = checkout.make_fee_event(
        FeeKind.VOLUNTARY_CONTRIBUTION,
        host=network[HOST],
        title=f"Round {number}",
        places=14,
        dates=[events.one_date(BEGINS.replace(hour=9) + timedelta(days=30 + number))],
        requests_close_at=BEGINS - timedelta(hours=18),
        naming_close_at=BEGINS + timedelta(days=20),
    )
    for wanted, school in enumerate(network.values()):
        places.ask(event, school, 1 + wanted % 4)
    return event.slug


def _first_come(network: dict[str, School], number: int, term: str = "Spring") -> str:
    kind = KINDS[number % len(KINDS)]
    event = checkout.make_fee_event(
        kind,
        host=network[HOST],
        title=f"{term} {number} {kind.value.replace('_', ' ')}",
        sharing=Sharing.FIRST_COME,
        places=20,
        cap_per_school=7,
    )
    return event.slug


def _quotas(network: dict[str, School]) -> str:
    event: Event = events.make_event(
        host=network[HOST], title="Quotas", sharing=Sharing.SET_QUOTAS, places=18
    )
    with transaction():
        allocation.set_quotas(
            actor=COMMAND,
            now=clock.now(),
            event=db.session.get_one(Event, event.id),
            quotas=dict.fromkeys(network, 3),
        )
    return event.slug
