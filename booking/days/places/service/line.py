"""Passing on a place that came back: the school's own reserve first, then the line."""

from collections.abc import Mapping
from datetime import datetime

from booking.days.events import states as event_states
from booking.days.events.models import Event
from booking.days.places import queries
from booking.days.places.models import Booking, Offer, OfferState, Place
from booking.days.places.queries import bookings, line
from booking.days.places.service import deadlines, invitations, offer_mail
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.people.pupils import locks as pupil_locks
from booking.people.pupils import queries as pupil_queries
from booking.people.schools.models import School


def give_on(event: Event, place: Place, *, actor: Actor, now: datetime) -> Booking | None:
    """Pass on a place that its school no longer fills; the caller holds the event's lock.

    It goes first to that school's own next reserve, who is returned. Without one the place becomes
    free, the school counts as wanting no more for now, and the line is served.
    """
    if not event_states.is_live(event, now):
        return None
    if promoted := promote_reserve(event, place, actor=actor, now=now):
        return promoted
    free(event, place, actor=actor, now=now)
    serve(event, actor=actor, now=now)
    return None


def promote_reserve(event: Event, place: Place, *, actor: Actor, now: datetime) -> Booking | None:
    """Give a vacant place to the school's first reserve who can still come."""
    assert place.school_id is not None, "a free place has no reserves of its own"
    waiting = bookings.reserves(event.id, place.school_id)
    pupil_locks.pupils([booking.pupil_id for booking in waiting])
    busy = bookings.elsewhere(event, [booking.pupil_id for booking in waiting])
    restricted = pupil_queries.restricted(booking.pupil for booking in waiting)
    for booking in waiting:
        if booking.pupil_id in restricted.union(busy) or booking.pupil.left_at is not None:
            continue
        invitations.invite(event, booking, place, actor=actor, now=now)
        return booking
    return None


def free(event: Event, place: Place, *, actor: Actor, now: datetime) -> None:
    """Take a place from its school, which leaves the line with what it still holds."""
    school_id = place.school_id
    assert school_id is not None, "only a held place can come back"
    place.school_id = place.allotted_at = place.name_by_at = None
    audit.record(
        actor=actor,
        action="return_place",
        subject=place,
        school_id=school_id,
        now=now,
        event_id=event.id,
        number=place.number,
    )
    leave_line(event, school_id)


def leave_line(event: Event, school_id: int) -> None:
    """Limit a school's wish to what it holds and has been offered, until it asks again."""
    db.session.flush()
    request = queries.request_of(event.id, school_id)
    if request is None:
        return
    open_ = queries.open_offers(school_id=school_id, event_id=event.id)
    holding = queries.held(event.id).get(school_id, 0)
    request.wants_now = min(request.wants_now, holding + len(open_))


def serve(
    event: Event, *, actor: Actor, now: datetime, at_hand: School | None = None
) -> list[Place]:
    """Pass every free place to the next school in line; return what `at_hand` received.

    A school that is asking right now gets its places at once; the others get an offer.
    """
    db.session.flush()
    if not (event_states.is_live(event, now) and queries.is_line_open(event, now)):
        return []
    spare = queries.free_places(event.id)
    if not spare:
        return []
    freeze(event, now=now)
    given = []
    order = queries.line_of(event).next_schools(len(spare))
    for place, school_id in zip(spare, order, strict=False):
        if at_hand is not None and school_id == at_hand.id:
            hold(event, place, school_id, actor=actor, now=now)
            given.append(place)
        else:
            offer(event, place, school_id, actor=actor, now=now)
    return given


def freeze(event: Event, *, now: datetime, received: Mapping[int, int] | None = None) -> None:
    """Fix what each school's turn depends on, for schools that are new in the line.

    What `received` does not say of a school's places elsewhere is read now.
    """
    fresh = [r for r in queries.requests(event.id) if r.frozen_at is None]
    if not fresh:
        return
    received = {**line.received_before(event), **(received or {})}
    for request in fresh:
        request.weight = line.weight_of(event, request.school)
        request.received_before = received.get(request.school_id, 0)
        request.frozen_at = now
    db.session.flush()


def hold(event: Event, place: Place, school_id: int, *, actor: Actor, now: datetime) -> None:
    """Give a school a place that came late, with some school days to name a pupil."""
    place.school_id, place.allotted_at = school_id, now
    name_by_at = deadlines.after(event, school_id, event.offer_days, now)
    place.name_by_at = max(name_by_at, event.naming_close_at or name_by_at)
    audit.record(
        actor=actor,
        action="receive_place",
        subject=place,
        school_id=school_id,
        now=now,
        event_id=event.id,
        number=place.number,
    )


def offer(event: Event, place: Place, school_id: int, *, actor: Actor, now: datetime) -> Offer:
    """Offer a free place to the next school in line, and write to its coordinators."""
    made = Offer(
        event_id=event.id,
        school_id=school_id,
        place_id=place.id,
        state=OfferState.OPEN,
        offered_at=now,
        expires_at=deadlines.after(event, school_id, event.offer_days, now),
    )
    db.session.add(made)
    audit.record(
        actor=actor,
        action="offer_place",
        subject=made,
        school_id=school_id,
        now=now,
        event_id=event.id,
        place_id=place.id,
    )
    offer_mail.write(event, made, now=now)
    return made


def next_arrival(event: Event) -> int:
    """Return the arrival number of the next request."""
    return max((request.arrival for request in queries.requests(event.id)), default=0) + 1
