"""Send mail again that did not arrive, and follow a parent's corrected address."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select

from booking.days.events import mail as event_mail
from booking.days.events import states as event_states
from booking.days.events import words as event_words
from booking.days.places.models import Booking
from booking.days.places.service import invitations
from booking.domain.booking_states import BookingState
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.foundation.notifications import locks as notification_locks
from booking.foundation.notifications import service as notifications
from booking.network.outbox import queries
from booking.network.outbox.refusals import NothingToSend
from booking.people.pupils.models import Parent, Pupil


def retry(*, actor: Actor, now: datetime, message_id: int) -> None:
    """Send one mail again that was given up, or at once what is waiting. Raises NothingToSend."""
    found = notification_locks.named([message_id])
    if not found or not notifications.retry(found, now=now):
        raise NothingToSend
    audit.record(actor=actor, action="retry_mail", subject=found[0], now=now)


def retry_failed(*, actor: Actor, now: datetime) -> int:
    """Send again all mail that failed and is still worth sending; return how much.

    What a mail server refused for good is left out: sending it again would not help.
    """
    count = notifications.retry(notification_locks.named(queries.to_retry(now)), now=now)
    if count:
        audit.note(actor=actor, action="retry_mail", about="messages", count=count)
    return count


def follow_correction(
    pupil: Pupil,
    *,
    gone: Sequence[Parent],
    come: Sequence[Parent],
    now: datetime,
    **_facts: object,
) -> None:
    """Write to a corrected address what the old one never got.

    Whoever is still invited has been asked at the new address already (`places`); a family that
    has answered gets a new private link, and one whose event is off gets that news.
    """
    for booking in _not_reached(pupil, [parent.email for parent in gone], now=now):
        write = _tell_cancelled if booking.state is BookingState.CANCELLED else _send_link
        for parent in (parent for parent in come if parent.email):
            write(booking, parent, now=now)


def _not_reached(pupil: Pupil, addresses: Sequence[str], *, now: datetime) -> list[Booking]:
    """Return the pupil's bookings about which mail to one of these addresses was given up."""
    wanted = (BookingState.CONFIRMED, BookingState.CANCELLED)
    of_pupil = select(Booking).where(Booking.pupil_id == pupil.id, Booking.state.in_(wanted))
    coming = [
        booking
        for booking in db.session.scalars(of_pupil.order_by(Booking.id))
        if not event_states.is_over(booking.event, now)
    ]
    not_reached = queries.given_up_about([booking.id for booking in coming], addresses)
    return [booking for booking in coming if booking.id in not_reached]


def _send_link(booking: Booking, parent: Parent, *, now: datetime) -> None:
    invitations.send(booking.event, booking, parent, invitations.NEW_LINK, now=now)


def _tell_cancelled(booking: Booking, parent: Parent, *, now: datetime) -> None:
    event = booking.event
    notifications.queue(
        key=event_mail.cancelled_key(event, f"parent:{parent.id}"),
        to=parent.email,
        template="event_cancelled",
        now=now,
        keep_until=event.last_ends_at,
        **invitations.of_family(booking),
        name=parent.name,
        event=event,
        when_texts=event_words.dates(event),
        is_parent=True,
        attachment=event_mail.calendar_file(event),
    )
