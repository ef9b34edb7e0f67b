"""The ranked list of reserves: add, move up and down, remove."""

from collections.abc import Sequence
from datetime import datetime

from booking.days.events.models import Event
from booking.days.places import locks, queries, refusals
from booking.days.places.models import Booking
from booking.days.places.service import moves, naming
from booking.domain.booking_states import BookingState
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.people.pupils.models import Pupil
from booking.people.schools.models import School


def add_reserve(
    *, actor: Actor, now: datetime, event: Event, school: School, pupil: Pupil
) -> Booking:
    """Put one pupil at the end of the school's reserve list."""
    return add_reserves(actor=actor, now=now, event=event, school=school, pupils=[pupil])[0]


def add_reserves(
    *, actor: Actor, now: datetime, event: Event, school: School, pupils: Sequence[Pupil]
) -> list[Booking]:
    """Put pupils at the end of the school's reserve list, in this order: all of them or none."""
    event = locks.open_event(event.id, now)
    chosen = naming.lock_chosen(school, pupils)
    earlier = naming.refuse_pupils(event, chosen)
    waiting = queries.reserves(event.id, school.id)
    rank = max((booking.reserve_rank or 0 for booking in waiting), default=0)
    added = []
    for number, pupil in enumerate(chosen, start=rank + 1):
        booking = earlier.get(pupil.id)
        if booking is None:
            booking = naming.new_booking(event, pupil)
            booking.state, booking.reserve_rank, booking.named_at = (
                BookingState.RESERVE,
                number,
                now,
            )
            db.session.add(booking)
            db.session.flush()
            moves.record(booking, None, actor=actor, now=now)
        else:
            booking.reserve_rank, booking.place_id, booking.named_at = number, None, now
            moves.move(booking, BookingState.RESERVE, actor=actor, now=now)
        added.append(booking)
    return added


def rank_reserves(
    *,
    actor: Actor,
    now: datetime,
    event: Event,
    school: School,
    order: Sequence[Booking],
) -> list[Booking]:
    """Rank the reserves in `order` first; any others keep their order behind them."""
    event = locks.open_event(event.id, now)
    waiting = queries.reserves(event.id, school.id)
    known = {booking.id: booking for booking in waiting}
    ids = list(dict.fromkeys(booking.id for booking in order))
    if not set(ids) <= set(known):
        raise refusals.NotAReserve(
            "Somebody on this list is no longer a reserve. Check the list again."
        )
    ranked = [known[id_] for id_ in ids] + [b for b in waiting if b.id not in ids]
    for rank, booking in enumerate(ranked, start=1):
        booking.reserve_rank = rank
    if ranked:
        audit.record(
            actor=actor,
            action="rank_reserves",
            subject=event,
            school_id=school.id,
            now=now,
            order=[booking.id for booking in ranked],
        )
    return ranked


def move_reserve(*, actor: Actor, now: datetime, booking: Booking, up: bool) -> list[Booking]:
    """Move a reserve up or down by one; at the end of the list nothing moves."""
    event = locks.open_event(booking.event_id, now)
    waiting = queries.reserves(event.id, booking.school_id)
    if booking.id not in [other.id for other in waiting]:
        raise refusals.NotAReserve("This pupil is no longer a reserve.")
    at = [other.id for other in waiting].index(booking.id)
    to = max(0, at - 1) if up else min(len(waiting) - 1, at + 1)
    waiting.insert(to, waiting.pop(at))
    return rank_reserves(actor=actor, now=now, event=event, school=booking.school, order=waiting)
