"""Whom to ring, opened by the day's staff in an emergency: with a reason, for a quarter of an hour.

The adults who travel along have the number on their list. The home school is told at once, by mail
and on the pupil's page, who opened it and why.
"""

from datetime import datetime

from booking.days.places import locks as place_locks
from booking.days.places.models import Booking
from booking.domain import names
from booking.domain.booking_states import EXPECTED
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.on_the_day.answers import mail, queries
from booking.on_the_day.answers.details import REASON_MAX, REASON_MIN
from booking.on_the_day.answers.models import ContactOpening
from booking.on_the_day.answers.refusals import ContactReasonMissing, NotTheDay
from booking.on_the_day.rosters import windows


def open_contact(*, actor: Actor, now: datetime, booking: Booking, reason: str) -> ContactOpening:
    """Show whom to ring for a pupil, for a while; opening it again meanwhile changes nothing.

    Raises ContactReasonMissing, NotTheDay.
    """
    reason = names.tidy(reason)
    if not REASON_MIN <= len(reason) <= REASON_MAX:
        raise ContactReasonMissing(REASON_MIN, REASON_MAX)
    booking = place_locks.booking(booking.id)
    if booking.state not in EXPECTED or not windows.is_on(booking.event, now):
        raise NotTheDay
    assert actor.person_id is not None, "only people look after pupils"
    if known := queries.open_contact(booking.id, actor.person_id, now=now):
        return known
    opening = ContactOpening(
        booking_id=booking.id, person_id=actor.person_id, reason=reason, opened_at=now
    )
    db.session.add(opening)
    audit.record(
        actor=actor,
        action="open_contact",
        subject=opening,
        school_id=booking.school_id,
        now=now,
        booking=booking.id,
    )
    mail.contact_opened(opening, booking, now=now)
    return opening
