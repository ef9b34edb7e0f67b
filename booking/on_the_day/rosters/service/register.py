"""Writes of the register: how a pupil arrived and left, or that a mark was a mistake.

Every press is kept as a tap; the mark says what a pupil's taps on one date come to. The booking's
own state sums up all dates: attended if the pupil was there on any, absent if marked and never
there.
"""

from collections.abc import Collection
from datetime import datetime

from booking.days.events.models import Event, EventDate
from booking.days.places import locks as place_locks
from booking.days.places import queries as place_queries
from booking.days.places.models import Booking
from booking.domain import registering
from booking.domain.booking_states import EXPECTED
from booking.domain.permissions import Actor
from booking.domain.registering import Arrival, Aspect, Departure, Tap
from booking.foundation.tokens import new_public_id
from booking.on_the_day.rosters import windows
from booking.on_the_day.rosters.service.taps import Known, take


class RegisterRefused(ValueError):
    """The register cannot be marked like this."""


class RegisterClosed(RegisterRefused):
    """The date has not come yet, or is long past."""

    def __init__(self, day: EventDate, now: datetime) -> None:
        super().__init__(windows.register_closed_words(day, now))


class NotExpected(RegisterRefused):
    """The pupil does not, or no longer, have a confirmed place at this event."""

    def __init__(self) -> None:
        super().__init__("This pupil is no longer expected at the event.")


def mark(
    *,
    actor: Actor,
    now: datetime,
    day: EventDate,
    booking: Booking,
    aspect: Aspect,
    mark: Arrival | Departure | None,
    left_with: str = "",
) -> Booking:
    """Mark how a pupil arrived, or how and with whom the pupil left; None takes the mark back.
    Marking the same again does nothing.
    """
    check_open(day, now)
    booking = place_locks.booking(booking.id)
    if booking.state not in EXPECTED or booking.event_id != day.event_id:
        raise NotExpected
    known = Known(day, [booking.id])
    if not isinstance(mark, Departure):
        left_with = ""
    before = known.counting.get((booking.id, aspect))
    if (mark, left_with) == ((before.mark, before.left_with) if before else (None, "")):
        return booking
    tap = _pressed(actor, now, known, booking, aspect, mark, left_with)
    take(actor=actor, now=now, known=known, booking=booking, tap=tap)
    return booking


def mark_rest_present(
    *,
    actor: Actor,
    now: datetime,
    event: Event,
    day: EventDate,
    school_id: int | None,
    among: Collection[int] | None = None,
) -> int:
    """Mark everybody not marked yet as arrived, for one school or all; return how many.

    `among` limits it to some bookings, such as those of a group.
    """
    check_open(day, now)
    wanted = [
        booking.id
        for booking in place_queries.expected(event.id)
        if (school_id is None or booking.school_id == school_id)
        and (among is None or booking.id in among)
    ]
    bookings = place_locks.bookings(wanted)
    known = Known(day, wanted)
    unmarked = [
        booking
        for booking in bookings
        if booking.state in EXPECTED and known.mark_of(booking.id, Aspect.ARRIVAL) is None
    ]
    for booking in unmarked:
        tap = _pressed(actor, now, known, booking, Aspect.ARRIVAL, Arrival.ARRIVED)
        take(actor=actor, now=now, known=known, booking=booking, tap=tap)
    return len(unmarked)


def check_open(day: EventDate, now: datetime) -> None:
    """Raise RegisterClosed unless a date's register can be taken or corrected now."""
    if not windows.register_is_open(day, now):
        raise RegisterClosed(day, now)


def _pressed(
    actor: Actor,
    now: datetime,
    known: Known,
    booking: Booking,
    aspect: Aspect,
    mark: Arrival | Departure | None,
    left_with: str = "",
) -> Tap:
    """Return a press on the page itself: whoever makes it sees what was marked before."""
    earlier = [tap for tap in known.taps if tap.pupil == booking.id]
    return Tap(
        at=registering.pressed(now, earlier),
        key=f"page-{new_public_id()}",
        pupil=booking.id,
        aspect=aspect,
        mark=mark,
        by_id=actor.person_id,
        left_with=left_with,
    )
