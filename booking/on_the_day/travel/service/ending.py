"""Seats that come to an end because the bus does."""

from datetime import datetime

from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.on_the_day.travel import mail, queries, states
from booking.on_the_day.travel.models import SeatShare, SeatState, TravelPlan


def take_back_all(plan: TravelPlan, *, actor: Actor, now: datetime) -> None:
    """Take back what a bus that no longer goes had promised, and decline what was asked."""
    for share in queries.given(plan.id):
        if share.state is SeatState.ASKED:
            move(share, SeatState.DECLINED, action="decline_seats", actor=actor, now=now)
        else:
            move(share, SeatState.TAKEN_BACK, action="take_back_seats", actor=actor, now=now)
        mail.answered(share, now=now)


def move(share: SeatShare, to: SeatState, *, action: str, actor: Actor, now: datetime) -> None:
    """Move seats on, and note that the school which asked has not read of it yet."""
    share.state = states.move(share.state, to)
    share.decided_at = share.news_at = now
    record(actor=actor, action=action, share=share, now=now)


def record(*, actor: Actor, action: str, share: SeatShare, now: datetime) -> None:
    """Record an act about seats in the name of the school whose bus it is."""
    audit.record(
        actor=actor,
        action=action,
        subject=share,
        school_id=share.plan.school_id,
        now=now,
        event_id=share.plan.event_id,
        seats=share.seats,
        for_school=share.school_id,
    )
