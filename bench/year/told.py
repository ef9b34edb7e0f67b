"""Whether anybody lost a place without having been told, by the mails that really went out."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from sqlalchemy import select

from booking.days.places.models import Booking
from booking.domain.booking_states import BookingState
from booking.foundation.db import db
from booking.foundation.notifications.models import Message, MessageState
from booking.money.checkout.models import Consent
from booking.people.pupils.models import ParentLink

#: A family has at least this long to answer, if the event does not begin before.
LEAST = timedelta(hours=24)
#: Lapses are looked at for as long as this, however seldom the doctor examines.
LOOKED_AT = timedelta(days=8)


def lost_unwritten(now: datetime) -> Iterator[str]:
    """Yield the places that lapsed before an invitation had gone out and been there for a day."""
    lapsed = select(Booking).where(
        Booking.state == BookingState.LAPSED, Booking.ended_at > now - LOOKED_AT
    )
    for booking in db.session.scalars(lapsed):
        ended_at, starts_at = booking.ended_at, booking.event.first_starts_at
        assert ended_at is not None, "it has lapsed"
        begun = starts_at is not None and starts_at <= ended_at
        if begun or not any(parent.email for parent in booking.pupil.parents):
            continue
        if db.session.scalar(select(Consent.id).where(Consent.booking_id == booking.id)):
            continue  # they answered, and the money was late
        sent_at = _went_out_at(booking)
        if sent_at is None or sent_at + LEAST > ended_at:
            yield f"booking {booking.id} lapsed at {ended_at}; its invitation went out: {sent_at}"


def _went_out_at(booking: Booking) -> datetime | None:
    """Return when the first invitation of this time of asking reached a mail server."""
    links = select(ParentLink.id).where(
        ParentLink.booking_id == booking.id, ParentLink.created_at >= booking.invited_at
    )
    keys = [f"invited:{link}" for link in db.session.scalars(links)]
    sent = select(Message.sent_at).where(Message.key.in_(keys), Message.state == MessageState.SENT)
    return min((at for at in db.session.scalars(sent) if at is not None), default=None)
