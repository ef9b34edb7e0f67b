"""Private links follow a pupil's parents, and a lost one is replaced."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update

from booking.days.events import states as event_states
from booking.days.places import locks, refusals
from booking.days.places.models import Booking
from booking.days.places.service import invitations, telling
from booking.domain.booking_states import SEATED, BookingState
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.people.pupils.models import Parent, ParentLink, Pupil


def follow_parents(
    pupil: Pupil,
    *,
    gone: Sequence[Parent],
    come: Sequence[Parent],
    now: datetime,
    **_facts: object,
) -> None:
    """End the links of former parents; ask new ones if an answer is missing.

    A family that no mail reached, and that the school now asks on paper, has its whole reply period
    from now.
    """
    own = select(Booking.id).where(Booking.pupil_id == pupil.id)
    db.session.execute(
        update(ParentLink)
        .where(
            ParentLink.parent_id.in_([parent.id for parent in gone]),
            ParentLink.booking_id.in_(own),
            ParentLink.revoked_at.is_(None),
        )
        .values(revoked_at=now)
    )
    waiting = select(Booking).where(
        Booking.pupil_id == pupil.id, Booking.state == BookingState.INVITED
    )
    for booking in db.session.scalars(waiting.order_by(Booking.id)).all():
        if event_states.is_live(booking.event, now):
            for parent in come:
                invitations.send(booking.event, booking, parent, invitations.INVITED, now=now)
            if gone and not invitations.reachable_parents(booking):
                telling.ask_on_paper(booking.event, booking, now=now)


def send_new_links(*, actor: Actor, now: datetime, booking: Booking) -> list[Parent]:
    """Send a pupil's parents new links, ending the earlier ones; return who was written to.

    Raises EventNotOpen, NotSeated, NobodyToWriteTo.
    """
    event = locks.open_event(booking.event_id, now)
    booking = locks.booking(booking.id)
    if booking.state not in SEATED:
        raise refusals.NotSeated(f"{booking.pupil.name} no longer has a place at this event.")
    parents = invitations.reachable_parents(booking)
    if not parents:
        raise refusals.NobodyToWriteTo(
            f"We have no e-mail address for {booking.pupil.name}’s parents. Add one to the list "
            "of pupils, or ask on paper."
        )
    invitations.end_links(booking, now=now)
    for parent in parents:
        invitations.send(event, booking, parent, invitations.NEW_LINK, now=now)
    audit.record(
        actor=actor, action="send_new_links", subject=booking, school_id=booking.school_id, now=now
    )
    return parents
