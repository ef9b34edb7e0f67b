"""Writes of taps that phones kept while they had no signal: many at once, in any order."""

from collections.abc import Sequence
from datetime import datetime

from booking.days.events.models import EventDate
from booking.days.places import locks as place_locks
from booking.domain import registering
from booking.domain.booking_states import EXPECTED
from booking.domain.permissions import Actor
from booking.domain.registering import Tap
from booking.on_the_day.rosters import queries, windows
from booking.on_the_day.rosters.details import PhoneTap
from booking.on_the_day.rosters.service.register import NotExpected, RegisterRefused, check_open
from booking.on_the_day.rosters.service.taps import Known, take

#: How many taps one request may bring.
TAPS_MAX = 100


def take_from_phone(
    *, actor: Actor, now: datetime, day: EventDate, taps: Sequence[PhoneTap]
) -> dict[str, str]:
    """Take what a phone sends; return why some were refused, by key. Known taps are taken again
    without effect. A pupil who is no longer expected costs the others nothing.
    """
    assert len(taps) <= TAPS_MAX
    try:
        check_open(day, now)
    except RegisterRefused as refusal:
        return {tap.key: str(refusal) for tap in taps}
    ids = queries.booking_ids(day.event_id, {tap.pupil for tap in taps})
    bookings = {booking.public_id: booking for booking in place_locks.bookings(ids)}
    known = Known(day, ids)
    known.keys |= queries.known_keys({tap.key for tap in taps})
    opened_at, refused = windows.register_opens_at(day), {}
    for tap in taps:
        booking = bookings.get(tap.pupil)
        if booking is None or booking.state not in EXPECTED:
            refused[tap.key] = str(NotExpected())
            continue
        made = Tap(
            at=registering.bounded(tap.at, opened_at=opened_at, now=now),
            key=tap.key,
            pupil=booking.id,
            aspect=tap.aspect,
            mark=tap.mark,
            by_id=actor.person_id,
            left_with=tap.left_with,
        )
        take(actor=actor, now=now, known=known, booking=booking, tap=made)
    return refused
