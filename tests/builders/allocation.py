"""Rounds for tests: schools that ask, and a round run as its host would."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from sqlalchemy import select

from booking.days.allocation import service as allocation
from booking.days.allocation.models import Round
from booking.days.events.models import Event
from booking.domain.allocation import draw
from booking.domain.permissions import COMMAND, Actor
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import db, transaction
from booking.people.schools.models import School
from tests.builders import places
from tests.builders.rewritten import rewritten

#: DOMAIN's example: 23 schools ask for 140 places in all; there are 60.
GOLDEN_REQUESTS = (2, 2, 3, 3, 4, 4, 4, 5, 5, 5, 5, 6, 6, 6, 6, 6, 7, 7, 8, 8, 10, 12, 16)
GOLDEN_PLACES = 60
#: Pupils of the event's years at the same schools.
GOLDEN_ROLLS = (15, 15, *(30,) * 6, 45, 45, *(60,) * 8, 90, 90, 120, 180, 240)
EQUAL_SHARES = (2, 2, *(3,) * 14, *(2,) * 7)
BY_ROLL = (*(1,) * 8, 2, 2, 3, 3, *(2,) * 6, 4, 4, 5, 7, 10)
BY_ROLL_WITH_TWO = (*(2,) * 18, 3, 3, 4, 6, 8)


def after_deadline(event: Event) -> datetime:
    """Return a time after requests for an event have closed."""
    assert event.requests_close_at is not None, "only a round has such a deadline"
    return event.requests_close_at + timedelta(minutes=1)


def in_drawn_order(event: Event, schools: Iterable[School]) -> list[School]:
    """Return the schools in the order of the event's own lottery."""
    by_slug = {school.slug: school for school in schools}
    return [by_slug[slug] for slug in draw.lottery_order(event.seed, event.slug, by_slug)]


@rewritten
def ask_all(
    event: Event, schools: Iterable[School], wanted: Sequence[int], *, now: datetime | None = None
) -> None:
    """Ask for each school's number of places."""
    for school, number in zip(schools, wanted, strict=True):
        places.ask(event, school, number, now=now)


@rewritten
def run_round(event: Event, *, actor: Actor = COMMAND, now: datetime | None = None) -> Round:
    """Run the round of an event, a minute after its requests have closed unless `now` is given."""
    with transaction():
        return allocation.run(actor=actor, now=now or after_deadline(event), event=event)


@rewritten
def set_quotas(
    event: Event, quotas: Mapping[School, int], *, actor: Actor = COMMAND, now: datetime
) -> list[School]:
    """Set quotas for schools as the host would."""
    by_slug = {school.slug: number for school, number in quotas.items()}
    with transaction():
        return allocation.set_quotas(actor=actor, now=now, event=event, quotas=by_slug)


def was_run(event: Event) -> bool:
    """Return whether the trail has a record of a round."""
    statement = select(AuditEntry.id).where(
        AuditEntry.action == "allot_places", AuditEntry.subject_id == str(event.id)
    )
    return db.session.scalars(statement).first() is not None
