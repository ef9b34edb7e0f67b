"""What happens to places when an event changes, or a pupil leaves."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update

from booking.days.events import locks as event_locks
from booking.days.events import states as event_states
from booking.days.events.details import EventDetails
from booking.days.events.models import Event, Sharing
from booking.days.places import locks, queries
from booking.days.places.models import Booking, Offer, OfferState
from booking.days.places.service import (
    invitations,
    line,
    replies,
    requests,
    sharing,
)
from booking.domain import year_groups
from booking.domain.booking_states import LIVE, MARKED, BookingState
from booking.domain.permissions import Actor
from booking.domain.problems import Problem
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.people.pupils.models import ParentLink, Pupil


def forbid_change(event: Event, details: EventDetails) -> list[Problem]:
    """Return what is wrong with fewer places than are held, or without a named pupil's year.

    Requests may not be reopened either, once they have been answered.
    """
    return [
        *_too_few_places(event, details),
        *_years_left_out(event, details),
        *_answered_requests(event, details),
    ]


def _answered_requests(event: Event, details: EventDetails) -> list[Problem]:
    """Refuse to reopen requests: schools that then asked would come before those that waited."""
    old, new = event.requests_close_at, details.requests_close_at
    reopens = old is not None and new is not None and new > old
    if event.sharing is not Sharing.FAIR_ROUND or not reopens or not queries.is_shared(event.id):
        return []
    words = (
        "The places have been shared out, so requests cannot be reopened. A school can still ask, "
        "and joins the queue behind the others."
    )
    return [Problem("requests_close_at", words)]


def _years_left_out(event: Event, details: EventDetails) -> list[Problem]:
    named = [booking.pupil.year_group for booking in queries.live_bookings(event.id)]
    outside = [year for year in named if not details.low_year <= year <= details.high_year]
    if not outside:
        return []
    words = f"Pupils in {year_groups.name(min(outside))} already have places. Keep their year."
    return [Problem("low_year" if min(outside) < details.low_year else "high_year", words)]


def _too_few_places(event: Event, details: EventDetails) -> list[Problem]:
    if sharing.count_places(event.id) == 0:
        return []
    taken = sharing.count_places(event.id) - len(queries.free_places(event.id))
    if details.places >= taken:
        return []
    words = (
        f"Schools already have, or have been offered, {taken} of the {event.places} places. Enter "
        f"{taken} or more."
    )
    return [Problem("places", words)]


def follow_change(
    event: Event, *, actor: Actor, now: datetime, changes: Sequence[str] = (), **_facts: object
) -> None:
    """Adjust the places to the new number: extra ones go to the line, free ones are removed."""
    if "dates" in changes:
        _follow_dates(event)
    if "requests_close_at" in changes:
        _forgive_lateness(event, actor=actor, now=now)
    more = event.places - sharing.count_places(event.id)
    if more < 0:
        _remove(event, -more, actor=actor, now=now)
    elif more:
        sharing.add_places(event, more, actor=actor, now=now)
    line.serve(event, actor=actor, now=now)


def _forgive_lateness(event: Event, *, actor: Actor, now: datetime) -> None:
    """Count requests that came after the old deadline as on time for the new one.

    Otherwise a late school would come after schools that asked later still.
    """
    if requests.is_late(event, now) or queries.is_shared(event.id):
        return
    for request in queries.requests(event.id):
        if request.late:
            request.late, request.in_time = False, 0
            audit.record(
                actor=actor,
                action="accept_late_request",
                subject=request,
                school_id=request.school_id,
                now=now,
                event_id=event.id,
                wanted=request.wanted,
            )


def _follow_dates(event: Event) -> None:
    """Move deadlines before the new start, and let private links outlive the new end."""
    starts_at, own = event.first_starts_at, select(Booking.id).where(Booking.event_id == event.id)
    for waiting, until in (
        (Booking.state == BookingState.INVITED, Booking.reply_by_at),
        (Offer.state == OfferState.OPEN, Offer.expires_at),
    ):
        model = until.class_
        db.session.execute(
            update(model)
            .where(model.event_id == event.id, waiting, until > starts_at)
            .values({until: starts_at})
        )
    if event.last_ends_at is not None:
        db.session.execute(
            update(ParentLink)
            .where(ParentLink.booking_id.in_(own), ParentLink.revoked_at.is_(None))
            .values(expires_at=event.last_ends_at + invitations.LINK_LIVES_ON)
        )


def _remove(event: Event, count: int, *, actor: Actor, now: datetime) -> None:
    spare = queries.free_places(event.id)
    assert count <= len(spare), "forbid_change says so before the change"
    for place in spare[len(spare) - count :]:
        place.removed_at = now
    audit.record(
        actor=actor,
        action="remove_places",
        subject=event,
        school_id=event.host_school_id,
        now=now,
        count=count,
    )


def end_for_pupil(pupil: Pupil, *, actor: Actor, now: datetime, **_facts: object) -> None:
    """Withdraw a pupil who left from every upcoming event."""
    statement = (
        select(Booking)
        .where(Booking.pupil_id == pupil.id, Booking.state.in_(LIVE - MARKED))
        .order_by(Booking.event_id)
    )
    for booking in db.session.scalars(statement).all():
        event = event_locks.event(booking.event_id)
        if event_states.is_live(event, now):
            replies.end(
                event, locks.booking(booking.id), BookingState.WITHDRAWN, actor=actor, now=now
            )
