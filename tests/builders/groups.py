"""Groups and workshops for tests, made by calling the service."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from booking.days.events.models import Event
from booking.days.groups import queries as group_queries
from booking.days.groups import service as groups
from booking.days.groups.details import WorkshopDetails
from booking.days.groups.models import Workshop, WorkshopTime
from booking.days.groups.queries import workshops as group_workshops
from booking.days.places.models import Booking
from booking.domain.permissions import COMMAND, PARENT
from booking.domain.workshops.choices import Half
from booking.foundation import clock
from booking.foundation.db import db, transaction
from tests.builders.rewritten import rewritten


@rewritten
def propose_groups(event: Event, **wanted: Any) -> None:
    """Put everybody expected into groups."""
    with transaction():
        groups.propose(
            actor=COMMAND,
            now=clock.now(),
            event=db.session.get_one(Event, event.id),
            seen=version(event),
            **wanted,
        )


def version(event: Event) -> int:
    """Return which state an event's groups are in."""
    plan = group_queries.plan(event.id)
    return plan.version if plan else 0


@rewritten
def offer_workshop(
    event: Event,
    title: str,
    places: int = 2,
    time: WorkshopTime = WorkshopTime.FIRST,
    *,
    room: str = "",
    line: str = "",
) -> Workshop:
    """Offer a workshop within an event."""
    with transaction():
        return groups.offering.offer(
            actor=COMMAND,
            now=clock.now(),
            event=db.session.get_one(Event, event.id),
            details=WorkshopDetails(title, line, room, places, time),
        )


@rewritten
def let_choose(event: Event, *, until: datetime | None = None) -> None:
    """Let families choose for a week."""
    with transaction():
        groups.offering.open_choices(
            actor=COMMAND,
            now=clock.now(),
            event=db.session.get_one(Event, event.id),
            closes_at=until or clock.now() + timedelta(days=7),
        )


@rewritten
def choose(booking: Booking, *, first: Sequence[Workshop], second: Sequence[Workshop] = ()) -> None:
    """Say what a pupil would like, best first, for each part of the day."""
    with transaction():
        groups.choose(
            actor=PARENT,
            now=clock.now(),
            booking=db.session.get_one(Booking, booking.id),
            wishes={
                Half.FIRST: [workshop.id for workshop in first],
                Half.SECOND: [workshop.id for workshop in second],
            },
        )


def share_out(event: Event, *, now: datetime | None = None) -> int:
    """Share the workshops out when the time to choose is over."""
    row = group_workshops.choice(event.id)
    assert row is not None, "families were asked to choose"
    now = now or row.closes_at
    with transaction():
        event, row = db.session.get_one(Event, event.id), group_workshops.choice(event.id)
        assert row is not None, "it is still there"
        _, _, digest = groups.sharing.outcome(event, row)
        return groups.sharing.share(actor=COMMAND, now=now, event=event, seen=digest)


def where(event: Event) -> dict[str, list[str]]:
    """Return the titles of each pupil's workshops, in order of the day, by forename."""
    found: dict[str, list[str]] = {}
    for spot in group_workshops.spots(event.id):
        booking = db.session.get_one(Booking, spot.booking_id)
        found.setdefault(booking.pupil.forename, []).append(spot.workshop.title)
    return found
