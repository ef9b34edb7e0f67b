"""Whether families and schools were told: time runs from when mail went out, not from its writing.

Mail that has not gone out by the date that it names is written again with the new one, so that no
mail names a date that has passed.
"""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import func, select

from booking.days.events.models import Event
from booking.days.places import locks, ports
from booking.days.places.models import Booking, Offer, OfferState
from booking.days.places.service import deadlines, invitations, offer_mail
from booking.domain import replying
from booking.domain.booking_states import BookingState
from booking.domain.replying import Awaited, ReplyPeriod
from booking.foundation.db import db
from booking.foundation.notifications import locks as notification_locks
from booking.foundation.notifications.models import Message, MessageState
from booking.people.pupils import queries as pupil_queries
from booking.people.pupils.models import Parent, ParentLink
from booking.people.schools import queries as school_queries

INVITING = (invitations.INVITED, invitations.NEW_LINK)
REMINDING = (invitations.REMINDER,)


def follow_mail(message: Message, *, now: datetime) -> None:
    """Count the time to answer from when a mail has gone out, if it was late.

    The caller holds the mail's lock, for which nobody who holds an event ever waits.
    """
    number = message.key.rpartition(":")[2]
    if message.template in (*INVITING, *REMINDING):
        link = db.session.get(ParentLink, int(number))
        if link is not None and link.revoked_at is None:
            _family_told(link, reminded=message.template in REMINDING, now=now)
    elif message.template == offer_mail.TEMPLATE:
        _school_told(offer_mail.offer_id(message.key), now=now)


def _family_told(link: ParentLink, *, reminded: bool, now: datetime) -> None:
    booking = locks.booking_at_event(link.booking_id)
    if booking.state is not BookingState.INVITED:
        return
    asked = period_of(booking.event, booking)
    if booking.invitation_sent_at is None:
        booking.invitation_sent_at, later_at = now, replying.when_sent(asked, now)
    elif booking.reminder_sent_at is None and (reminded or booking.reminded_at is not None):
        # A parent who was added after the reminder was written, and is invited now, needs none.
        booking.reminder_sent_at, later_at = now, replying.when_reminded(asked, now)
    else:
        return
    if later_at > asked.reply_by_at:
        deadlines.put_off(
            booking.event,
            booking,
            later_at,
            due_at=asked.reply_by_at,
            because="mail was late",
            now=now,
        )


def _school_told(offer_id: int, *, now: datetime) -> None:
    offer = locks.offer_at_event(offer_id)
    if offer.state is not OfferState.OPEN or offer.sent_at is not None:
        return
    offer.sent_at = now
    if now <= offer.offered_at + replying.ON_TIME:
        return
    later_at = deadlines.after(offer.event, offer.school_id, offer.event.offer_days, now)
    if later_at > (due_at := offer.expires_at):
        deadlines.put_off(
            offer.event, offer, later_at, due_at=due_at, because="mail was late", now=now
        )


def follow_return(message: Message, *, now: datetime) -> None:
    """Take back that somebody was told, if the mail that told them came back afterwards."""
    if message.sent_at is None:
        return
    if message.template in (*INVITING, *REMINDING):
        link = db.session.get(ParentLink, int(message.key.rpartition(":")[2]))
        if link is not None and link.revoked_at is None:
            booking = locks.booking_at_event(link.booking_id)
            if message.template in REMINDING:
                booking.reminder_sent_at = _first_sent(_keys(booking, REMINDING))
            else:
                booking.invitation_sent_at = _first_sent(_keys(booking, INVITING))
    elif message.template == offer_mail.TEMPLATE:
        offer = locks.offer_at_event(offer_mail.offer_id(message.key))
        people = school_queries.coordinators(offer.school_id)
        offer.sent_at = _first_sent([offer_mail.key_of(offer, person.id) for person in people])


def _first_sent(keys: Collection[str]) -> datetime | None:
    """Return when the first of these mails went out that has not come back."""
    sent = Message.state == MessageState.SENT
    return db.session.scalar(select(func.min(Message.sent_at)).where(Message.key.in_(keys), sent))


def _keys(booking: Booking, templates: Sequence[str]) -> dict[str, ParentLink]:
    """Return the keys of mails to a booking's parents whose links open, and the links."""
    links = _links(booking, invitations.reachable_parents(booking))
    return {f"{template}:{link.id}": link for template in templates for link in links}


def period_of(event: Event, booking: Booking) -> ReplyPeriod:
    """Return what decides until when a family may answer."""
    assert booking.invited_at is not None, "only who was invited is waited for"
    assert booking.reply_by_at is not None, "an invitation has a deadline"
    return ReplyPeriod(
        calendar=school_queries.calendar(booking.school_id),
        days=event.reply_days,
        invited_at=booking.invited_at,
        reply_by_at=booking.reply_by_at,
        starts_at=event.first_starts_at,
        sent_at=booking.invitation_sent_at,
        reminder_sent_at=booking.reminder_sent_at,
        given_out_at=booking.asked_on_paper_at,
    )


def has_answered(booking: Booking) -> bool:
    """Return whether the family has answered, so that only a charge is open."""
    answered = select(Booking.id).where(Booking.id == booking.id, ports.answered())
    return db.session.scalar(answered) is not None


def is_untold(booking: Booking) -> bool:
    """Return whether a family was never told of its place: no mail went out, and no letter."""
    told = booking.invitation_sent_at or booking.asked_on_paper_at
    return told is None and not has_answered(booking)


def wait(event: Event, booking: Booking, *, now: datetime) -> bool:
    """Put off the deadline of a family that was not told or reminded in time, and write to it.

    Returns whether it did; otherwise the invitation lapses. A family that is restricted is written
    to no more. The caller holds the event's lock and the booking's.
    """
    reachable = bool(invitations.reachable_parents(booking))
    left_alone = has_answered(booking) or bool(pupil_queries.restricted([booking.pupil]))
    asked = replace(
        period_of(event, booking),
        by_mail=reachable and not left_alone,
        on_paper=not (reachable or left_alone),
    )
    missing = replying.awaited(asked, now)
    if missing is None:
        return False
    later_at, due_at = replying.put_off(asked, missing, now), asked.reply_by_at
    deadlines.put_off(event, booking, later_at, due_at=due_at, because=_BECAUSE[missing], now=now)
    if missing is Awaited.REMINDER:
        booking.reminded_at = now
    if missing is not Awaited.LETTER:
        write(event, booking, REMINDING if missing is Awaited.REMINDER else INVITING, now=now)
    return True


_BECAUSE = {
    Awaited.INVITATION: "not invited",
    Awaited.REMINDER: "not reminded",
    Awaited.LETTER: "not asked on paper",
}


def give_whole_period(event: Event, booking: Booking, *, now: datetime) -> None:
    """Give a family that no mail reached, and that is asked on paper now, its reply period."""
    if booking.invitation_sent_at is not None:
        return
    asked = period_of(event, booking)
    later_at = replying.when_sent(asked, now)
    if later_at > asked.reply_by_at:
        deadlines.put_off(
            event, booking, later_at, due_at=asked.reply_by_at, because="asked on paper", now=now
        )


def wait_for_school(event: Event, offer: Offer, *, now: datetime) -> bool:
    """Put off the end of an offer of which no coordinator was told, if there is one to tell.

    Returns whether it did. The caller holds the event's lock and the offer's.
    """
    if offer.sent_at is not None or not school_queries.coordinators(offer.school_id):
        return False
    later_at = deadlines.after(event, offer.school_id, event.offer_days, now)
    if later_at <= now:
        return False
    deadlines.put_off(event, offer, later_at, due_at=offer.expires_at, because="not told", now=now)
    offer_mail.write(event, offer, now=now)
    return True


def write(event: Event, booking: Booking, templates: Sequence[str], *, now: datetime) -> None:
    """Write to each parent: again, if such a mail is still waiting or was given up."""
    parents = invitations.reachable_parents(booking)
    keys = _keys(booking, templates)
    written = set(db.session.scalars(select(Message.key).where(Message.key.in_(keys))))
    unsent = {keys[mail.key].id: mail for mail in notification_locks.unsent(keys)}
    for parent in parents:
        own = {key: link for key, link in keys.items() if link.parent_id == parent.id}
        again = next((link for link in own.values() if link.id in unsent), None)
        if again is not None:
            invitations.send_again(event, booking, parent, unsent[again.id], now=now)
        elif written.isdisjoint(own):
            invitations.send(event, booking, parent, templates[0], now=now)


def _links(booking: Booking, parents: Sequence[Parent]) -> Sequence[ParentLink]:
    """Return the private links to a booking that still open, newest first."""
    return db.session.scalars(
        select(ParentLink)
        .where(
            ParentLink.booking_id == booking.id,
            ParentLink.parent_id.in_([parent.id for parent in parents]),
            ParentLink.revoked_at.is_(None),
        )
        .order_by(ParentLink.id.desc())
    ).all()
