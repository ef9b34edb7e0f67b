"""Private links follow a pupil's parents: one who no longer is loses theirs, a new one is asked."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update

from booking.db import db
from booking.domain.booking_states import State
from booking.notifications import service as notifications
from booking.places.models import Booking
from booking.places.service import invitations, locks
from booking.pupils.models import Parent, ParentLink, Pupil


def follow_parents(
    pupil: Pupil,
    *,
    gone: Sequence[Parent],
    come: Sequence[Parent],
    now: datetime,
    **_facts: object,
) -> None:
    """End the links of parents who are gone; ask those who came where an answer is missing."""
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
    waiting = select(Booking).where(Booking.pupil_id == pupil.id, Booking.state == State.INVITED)
    for booking in db.session.scalars(waiting.order_by(Booking.id)).all():
        if locks.is_live(booking.event, now):
            for parent in come:
                _ask(booking, parent, now=now)


def _ask(booking: Booking, parent: Parent, *, now: datetime) -> None:
    link, url = invitations.new_link(booking.event, booking, parent, now=now)
    notifications.queue(
        key=f"invited:{link.id}",
        to=parent.email,
        template="invited",
        now=now,
        **invitations.mail_words(booking.event, booking, parent, url),
    )
