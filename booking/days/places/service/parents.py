"""Private links follow a pupil's parents, and a lost one is replaced."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import select, update

from booking.days.events import locks as event_locks
from booking.days.events import states as event_states
from booking.days.places import locks, queries, refusals
from booking.days.places.models import Booking
from booking.days.places.service import invitations, telling
from booking.domain.booking_states import SEATED, BookingState
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.render import absolute_url
from booking.foundation.tokens import new_token, token_hash
from booking.foundation.web import addresses
from booking.people.pupils import locks as pupil_locks
from booking.people.pupils import queries as pupil_queries
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
            for parent in (parent for parent in come if parent.email):
                invitations.send(booking.event, booking, parent, invitations.INVITED, now=now)
            if gone and not invitations.reachable_parents(booking):
                telling.give_whole_period(booking.event, booking, now=now)


def send_new_links(*, actor: Actor, now: datetime, booking: Booking) -> list[Parent]:
    """Send a pupil's parents new links, ending the earlier ones; return who was written to.

    Raises EventNotOpen, NotSeated, PupilRestricted, NobodyToWriteTo.
    """
    event = locks.open_event(booking.event_id, now)
    booking = locks.booking(booking.id)
    if booking.state not in SEATED:
        raise refusals.NotSeated(f"{booking.pupil.name} no longer has a place at this event.")
    if booking.state is BookingState.INVITED and pupil_queries.restricted([booking.pupil]):
        raise refusals.PupilRestricted(booking.pupil.name)
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


def send_lost_links(*, actor: Actor, now: datetime, email: str) -> None:
    """Mail to an address one more link to each place that a link of its own opens.

    The earlier links stay: anybody can ask for this with somebody else's address, and must end
    nothing by it. Whatever ends a link (the event long over, a parent taken off the list) is not
    undone. If the address has no such link, the work of one mail is done and none of it kept, so
    that neither the answer nor the time it takes tells who is known.
    """
    email = email.strip().lower()
    for school in queries.schools_of_parent(email):
        pupil_locks.list_of(school)  # nobody is taken off the list meanwhile
    opened = queries.opened_by(email, now)
    event_locks.events({booking.event_id for booking, _ in opened})
    for booking, parent in opened:
        invitations.send(booking.event, booking, parent, invitations.ANOTHER_LINK, now=now)
        audit.record(
            actor=actor,
            action="ask_lost_link",
            subject=booking,
            school_id=booking.school_id,
            now=now,
        )
    if not opened:
        _pretend(email, now=now)


def _pretend(email: str, *, now: datetime) -> None:
    """Write a mail, and do not keep it."""
    token = new_token()
    mail = notifications.queue(
        key=f"{invitations.ANOTHER_LINK}:{token_hash(token)}",
        to=email,
        template=invitations.ANOTHER_LINK,
        now=now,
        keep_until=now,
        reply_to="",
        event={"title": ""},
        action_url=absolute_url(addresses.PARENT(token=token)),
        action_label="",
        **_NOBODY,
    )
    assert mail is not None, "a new token is a new key"
    db.session.flush()
    db.session.delete(mail)


#: What the mail with another link says besides, about nobody.
_NOBODY: dict[str, Any] = dict.fromkeys(
    ("parent_name", "pupil_forename", "school_name", "school_phone", "coordinator_name"), ""
)
