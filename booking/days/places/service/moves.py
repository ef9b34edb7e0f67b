"""How a booking moves from state to state: by the one table, with its times and audit entry."""

from datetime import datetime
from typing import Any

from booking.days.places import announcements
from booking.days.places.models import Booking
from booking.domain import booking_states
from booking.domain.booking_states import ENDED, BookingState
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit

#: What the audit trail calls a move to each state.
_ACTIONS = {
    BookingState.RESERVE: "add_reserve",
    BookingState.INVITED: "invite_pupil",
    BookingState.CONFIRMED: "confirm_booking",
    BookingState.ATTENDED: "mark_attended",
    BookingState.ABSENT: "mark_absent",
    BookingState.DECLINED: "decline_booking",
    BookingState.LAPSED: "lapse_booking",
    BookingState.WITHDRAWN: "withdraw_booking",
    BookingState.CANCELLED: "cancel_booking",
}


def move(booking: Booking, to: BookingState, *, actor: Actor, now: datetime) -> None:
    """Move a booking and record it. Raises MoveNotAllowed.

    An ending is announced; the caller passes on the place it leaves.
    """
    before = booking.state
    booking.state = booking_states.move(before, to)
    if to is not BookingState.RESERVE:
        booking.reserve_rank = None
    booking.ended_at = now if to in ENDED else None
    record(booking, before, actor=actor, now=now)
    if to in ENDED:
        announcements.ended(booking, actor=actor, now=now)


def record(booking: Booking, before: BookingState | None, *, actor: Actor, now: datetime) -> None:
    """Write the audit entry of a booking's new state."""
    facts: dict[str, Any] = {}
    if booking.state is BookingState.INVITED:
        facts["to_ask_on_paper"] = not any(parent.email for parent in booking.pupil.parents)
    audit.record(
        actor=actor,
        action=_ACTIONS[booking.state],
        subject=booking,
        school_id=booking.school_id,
        now=now,
        before=before.value if before else None,
        after=booking.state.value,
        event_id=booking.event_id,
        place_id=booking.place_id,
        **facts,
    )
