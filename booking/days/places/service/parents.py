"""Private links follow a pupil's parents, and a lost one is replaced."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update

from booking.days.events import states as event_states
from booking.days.places import locks, refusals
from booking.days.places.models import Booking
from booking.days.places.service import invitations
from booking.domain.booking_states import SEATED, BookingState
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.foundation.notifications import service as notifications
from booking.people.pupils.models import Parent, ParentLink, Pupil


def follow_parents(
    pupil: Pupil,
    *,
    gone: Sequence[Parent],
    come: Sequence[Parent],
    now: datetime,
    **_facts: object,
) -> None:
    """End the links of former parents; ask new ones if an answer is missing."""
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
                _ask(booking, parent, now=now)


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
        link, url = invitations.new_link(event, booking, parent, now=now)
        notifications.queue(
            key=f"new_link:{link.id}",
            to=parent.email,
            template="new_link",
            now=now,
            **invitations.mail_words(event, booking, parent, url),
        )
    audit.record(
        actor=actor, action="send_new_links", subject=booking, school_id=booking.school_id, now=now
    )
    return parents


def _ask(booking: Booking, parent: Parent, *, now: datetime) -> None:
    link, url = invitations.new_link(booking.event, booking, parent, now=now)
    notifications.queue(
        key=f"invited:{link.id}",
        to=parent.email,
        template="invited",
        now=now,
        **invitations.mail_words(booking.event, booking, parent, url),
    )
