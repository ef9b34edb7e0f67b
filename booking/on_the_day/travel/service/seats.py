"""Seats in another school's bus: asked for, confirmed or declined, given back, taken back.

They are scarce: the plan of the bus is locked before they are counted, so never more are promised
than there are.
"""

from collections.abc import Iterator
from datetime import datetime

from booking.domain.permissions import Actor
from booking.foundation.db import db
from booking.on_the_day.travel import locks, mail, queries
from booking.on_the_day.travel.models import SeatShare, SeatState, TravelPlan
from booking.on_the_day.travel.refusals import NotEnoughSeats, SeatsAsked, SeatsDecided
from booking.on_the_day.travel.service import checks, ending
from booking.people.schools.models import School


def ask(*, actor: Actor, now: datetime, plan: TravelPlan, school: School, seats: int) -> SeatShare:
    """Ask another school for seats in its bus.

    Raises NobodyTravels, NotEnoughSeats, SeatsAsked.
    """
    plan = locks.plan(plan.id)
    assert plan.school_id != school.id, "nobody asks for seats of their own bus"
    for school_id in (plan.school_id, school.id):
        checks.refuse_unless_it_comes(plan.event, school_id, now)
    if queries.live_share(plan.id, school.id) is not None:
        raise SeatsAsked
    refuse_if_too_many(plan, seats)
    share = SeatShare(plan=plan, school=school, seats=seats, asked_at=now)
    db.session.add(share)
    ending.record(actor=actor, action="ask_for_seats", share=share, now=now)
    mail.asked(share, now=now)
    return share


def confirm(*, actor: Actor, now: datetime, share: SeatShare) -> SeatShare:
    """Promise the seats to the school that asked. Raises SeatsDecided, NotEnoughSeats."""
    share = _in_state(share, SeatState.ASKED)
    refuse_if_too_many(share.plan, share.seats)
    ending.move(share, SeatState.CONFIRMED, action="confirm_seats", actor=actor, now=now)
    mail.answered(share, now=now)
    return share


def decline(*, actor: Actor, now: datetime, share: SeatShare) -> SeatShare:
    """Tell the school that asked that it cannot have the seats. Raises SeatsDecided."""
    share = _in_state(share, SeatState.ASKED)
    ending.move(share, SeatState.DECLINED, action="decline_seats", actor=actor, now=now)
    mail.answered(share, now=now)
    return share


def take_back(*, actor: Actor, now: datetime, share: SeatShare) -> SeatShare:
    """Take back seats that were promised. Raises SeatsDecided."""
    share = _in_state(share, SeatState.CONFIRMED)
    ending.move(share, SeatState.TAKEN_BACK, action="take_back_seats", actor=actor, now=now)
    mail.answered(share, now=now)
    return share


def withdraw(*, actor: Actor, now: datetime, share: SeatShare) -> SeatShare:
    """Give back seats that were asked for or promised. Raises SeatsDecided."""
    share = _in_state(share, SeatState.ASKED, SeatState.CONFIRMED)
    ending.move(share, SeatState.WITHDRAWN, action="withdraw_seats", actor=actor, now=now)
    share.news_at = None
    mail.given_back(share, now=now)
    return share


def read_news(*, actor: Actor, now: datetime, share: SeatShare) -> SeatShare:
    """Note that the school which asked has read the news; twice changes nothing."""
    share = locks.share(share.id)
    if share.news_at is not None:
        share.news_at = None
        ending.record(actor=actor, action="read_seat_news", share=share, now=now)
    return share


def refuse_if_too_many(plan: TravelPlan, seats: int) -> None:
    """Refuse more seats than nobody has been promised; the caller holds the plan."""
    left = max(plan.seats - queries.promised(plan.id), 0)
    if seats > left:
        raise NotEnoughSeats(left)


def problems() -> Iterator[str]:
    """Yield the buses that have promised more seats than they have."""
    for title, promised, seats in queries.overbooked():
        yield f"A bus to {title} has promised {promised} of its {seats} seats"


def _in_state(share: SeatShare, *wanted: SeatState) -> SeatShare:
    share = locks.share(share.id)
    if share.state not in wanted:
        raise SeatsDecided
    return share
