"""Follow the event: if it moves, plans are to be looked at again; if it is off, so are seats."""

from collections.abc import Sequence
from datetime import datetime

from booking.days.events.models import Event
from booking.domain.permissions import Actor
from booking.on_the_day.travel import locks, mail, queries
from booking.on_the_day.travel.models import SeatState
from booking.on_the_day.travel.service import ending

#: What a way to an event depends on.
_MOVES = frozenset({"dates", "venue", "venue_address"})


def follow_change(
    event: Event, *, actor: Actor, now: datetime, changes: Sequence[str], **_facts: object
) -> None:
    """Ask every school to look at its plan again, and tell those with seats in another's bus."""
    if not _MOVES & set(changes):
        return
    for plan in locks.plans_of_event(event.id):
        plan.check_since = now
        for share in queries.given(plan.id):
            if share.state is SeatState.CONFIRMED:
                share.news_at = now
                mail.event_moved(share, now=now)


def call_off(event: Event, *, actor: Actor, now: datetime) -> None:
    """End all seats of a cancelled event, and tell those who had them."""
    for plan in locks.plans_of_event(event.id):
        plan.check_since = None
        for share in queries.given(plan.id):
            ending.move(share, SeatState.CALLED_OFF, action="call_off_seats", actor=actor, now=now)
            mail.answered(share, now=now)
