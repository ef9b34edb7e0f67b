"""Families whom the school asks by a letter: that it was given out, and when that was a mistake."""

from collections.abc import Collection
from datetime import datetime

from booking.days.places import locks, refusals
from booking.days.places.models import Booking
from booking.days.places.service import telling
from booking.domain.booking_states import BookingState
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit


def ask_on_paper(
    *, actor: Actor, now: datetime, event_id: int, booking_ids: Collection[int]
) -> list[Booking]:
    """Record that families were given a letter; their days to answer run from now.

    Who was recorded before stays as recorded. Raises EventNotOpen, NotAwaited, AskedByMail.
    """
    event = locks.open_event(event_id, now)
    asked = [each for each in locks.bookings(booking_ids) if each.asked_on_paper_at is None]
    for booking in asked:
        if booking.state is not BookingState.INVITED:
            raise refusals.NotAwaited(f"{booking.pupil.name} is no longer waiting for a reply.")
        if booking.invitation_sent_at is not None:
            raise refusals.AskedByMail(
                f"{booking.pupil.name}’s parents have been asked by e-mail, and their days to "
                "answer run from then."
            )
        telling.give_whole_period(event, booking, now=now)
        booking.asked_on_paper_at, booking.asked_on_paper_by_id = now, actor.person_id
        _record("ask_on_paper", booking, actor=actor, now=now)
    return asked


def take_back_asking(*, actor: Actor, now: datetime, booking: Booking) -> Booking:
    """Take back that a family was given a letter; its place waits again until it was.

    A date that has moved later stays. Raises EventNotOpen, NotAwaited.
    """
    locks.open_event(booking.event_id, now)
    booking = locks.booking(booking.id)
    if booking.state is not BookingState.INVITED:
        raise refusals.NotAwaited(f"{booking.pupil.name} is no longer waiting for a reply.")
    if booking.asked_on_paper_at is not None:
        booking.asked_on_paper_at = booking.asked_on_paper_by_id = None
        _record("take_back_asking", booking, actor=actor, now=now)
    return booking


def _record(action: str, booking: Booking, *, actor: Actor, now: datetime) -> None:
    audit.record(
        actor=actor,
        action=action,
        subject=booking,
        school_id=booking.school_id,
        now=now,
        event_id=booking.event_id,
    )
