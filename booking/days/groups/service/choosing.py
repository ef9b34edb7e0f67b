"""What a pupil would like: told by the family, or typed in by the school from paper."""

from datetime import datetime

from booking.days.events import locks as event_locks
from booking.days.events import states as event_states
from booking.days.groups import refusals
from booking.days.groups.details import HALVES, Wishes
from booking.days.groups.models import WorkshopChoice, WorkshopWish
from booking.days.groups.queries import workshops
from booking.days.places.models import Booking
from booking.domain import terms
from booking.domain.booking_states import SEATED
from booking.domain.permissions import Actor
from booking.domain.workshops.choices import WISHES_MAX
from booking.foundation.audit import service as audit
from booking.foundation.db import db


def choose(
    *, actor: Actor, now: datetime, booking: Booking, wishes: Wishes, parent_id: int | None = None
) -> None:
    """Keep what a pupil would like in place of what was said before; the last word counts.

    Raises ChoosingIsOver, NoPlaceHere, WishTwice.
    """
    event = event_locks.event(booking.event_id)
    row = workshops.choice(event.id)
    if not is_open(row, now) or not event_states.is_live(event, now):
        raise refusals.ChoosingIsOver(_over_words(row))
    if booking.state not in SEATED:
        raise refusals.NoPlaceHere
    time_of = {each.id: each.time for each in workshops.workshops(event.id)}
    for half, ids in wishes.items():
        known = all(id_ in time_of and HALVES[time_of[id_]][0] is half for id_ in ids)
        if not known or len(set(ids)) < len(ids) or len(ids) > WISHES_MAX:
            raise refusals.WishTwice
    for old in workshops.wishes_of(booking.id):
        db.session.delete(old)
    db.session.flush()
    db.session.add_all(
        WorkshopWish(booking_id=booking.id, workshop_id=id_, half=int(half), rank=rank)
        for half, ids in wishes.items()
        for rank, id_ in enumerate(ids, start=1)
    )
    audit.record(
        actor=actor,
        action="choose_workshops",
        subject=booking,
        school_id=booking.school_id,
        now=now,
        parent_id=parent_id,
        wishes=sum(map(len, wishes.values())),
    )


def is_open(row: WorkshopChoice | None, now: datetime) -> bool:
    """Return whether families can choose now."""
    return row is not None and row.shared_at is None and now < row.closes_at


def _over_words(row: WorkshopChoice | None) -> str:
    if row is None:
        return "There is nothing to choose for this event."
    return f"Workshops could be chosen until {terms.deadline_text(row.closes_at)}."
