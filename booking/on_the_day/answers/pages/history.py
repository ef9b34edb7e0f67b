"""What happened to one pupil's place, in order, from what is kept about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from booking.days.places.models import Booking
from booking.domain import booking_states
from booking.domain.booking_states import BookingState
from booking.money.checkout.models import Consent
from booking.money.checkout.queries import questions
from booking.on_the_day.answers import queries
from booking.on_the_day.answers.queries import SentAnswers


@dataclass(frozen=True)
class Happened:
    """One thing that happened."""

    at: datetime
    what: str


def of(
    booking: Booking, sent: SentAnswers | None, consents: Sequence[Consent]
) -> Sequence[Happened]:
    """Return what happened to a place, oldest first."""
    found = [*_place(booking), *map(_answer, consents)]
    if sent:
        found.append(Happened(sent.sent_at, "All answers sent"))
        if sent.answered_at > sent.sent_at:
            found.append(Happened(sent.answered_at, "Answers last changed"))
    for opening in queries.openings(booking.id):
        what = f"{opening.person.name} of the day’s staff opened whom to ring: {opening.reason}"
        found.append(Happened(opening.opened_at, what))
    for one in questions.objections_to([booking.id]):
        found.append(Happened(one.raised_at, "A parent did not agree"))
        if one.settled_at:
            found.append(Happened(one.settled_at, "What a parent did not agree with was settled"))
    return sorted(found, key=lambda happened: happened.at)


def _place(booking: Booking) -> list[Happened]:
    state = booking_states.words(booking.state).label
    marked = booking.state in {BookingState.ATTENDED, BookingState.ABSENT}
    dated = [
        (booking.named_at, "Named by the school"),
        (booking.invited_at, "Given a place; the family is asked"),
        (booking.invitation_sent_at, "The first mail with a private link went out"),
        (booking.reminder_sent_at, "The reminder went out"),
        (booking.confirmed_at, "Confirmed"),
        (booking.ended_at, state),
        (booking.marked_at if marked else None, f"Register: {state}"),
    ]
    return [Happened(at, what) for at, what in dated if at is not None]


def _answer(consent: Consent) -> Happened:
    said = "Yes" if consent.given else "No"
    by = f" from {consent.given_by}" if consent.given_by else ""
    return Happened(consent.given_at, f"{said}{by}")
