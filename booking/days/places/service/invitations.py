"""Giving a pupil a place, and asking the parents: links, mail and the deadline."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import inspect, update

from booking.days.events import shelf as event_shelf
from booking.days.events import words as event_words
from booking.days.events.models import Event
from booking.days.places import announcements, ports
from booking.days.places.models import Booking, Place
from booking.days.places.service import answering, deadlines, moves
from booking.domain import english
from booking.domain.booking_states import BookingState
from booking.domain.filing import MEDIA_TYPES
from booking.domain.permissions import Actor
from booking.foundation.db import db
from booking.foundation.files.models import AttachedFile
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.models import Message
from booking.foundation.notifications.render import absolute_url
from booking.foundation.tokens import new_token, token_hash
from booking.foundation.web import addresses
from booking.people.pupils.models import Parent, ParentLink
from booking.people.schools import queries as school_queries

#: How long after the event a parent's link still opens (receipts, corrections).
LINK_LIVES_ON = timedelta(days=14)
#: Mails with a private link by which a family answers. Both tell it about the place, but a new link
#: says nothing about a deadline.
INVITED, NEW_LINK = "invited", "new_link"
#: One more link, for a parent who has lost theirs.
ANOTHER_LINK = "another_link"
REMINDER = "reply_reminder"


def invite(event: Event, booking: Booking, place: Place, *, actor: Actor, now: datetime) -> None:
    """Give a vacant place to a pupil (new, a reserve or named again), and ask the parents."""
    assert place.school_id == booking.school_id, "a school gives pupils its own places"
    booking.place_id = place.id
    booking.named_at = booking.invited_at = now
    booking.reply_by_at = deadlines.after(event, booking.school_id, event.reply_days, now)
    booking.invitation_sent_at = booking.reminded_at = booking.reminder_sent_at = None
    booking.asked_on_paper_at = booking.asked_on_paper_by_id = None
    if inspect(booking).transient:
        booking.state = BookingState.INVITED
        db.session.add(booking)
        db.session.flush()
        moves.record(booking, None, actor=actor, now=now)
    else:
        moves.move(booking, BookingState.INVITED, actor=actor, now=now)
    invite_parents(event, booking, now=now)
    announcements.invited(booking, actor=actor, now=now)


def invite_parents(event: Event, booking: Booking, *, now: datetime) -> None:
    """Send each parent a private link; earlier links to the same booking end."""
    end_links(booking, now=now)
    for parent in reachable_parents(booking):
        send(event, booking, parent, INVITED, now=now)


def send(event: Event, booking: Booking, parent: Parent, template: str, *, now: datetime) -> None:
    """Send a parent a mail with a private link of its own."""
    link, url = new_link(event, booking, parent, now=now)
    notifications.queue(
        key=f"{template}:{link.id}",
        to=parent.email,
        template=template,
        now=now,
        keep_until=worth_sending_until(event, booking, template),
        **mail_words(event, booking, parent, url, now=now),
        **enclosed(event, template),
    )


def send_again(
    event: Event, booking: Booking, parent: Parent, message: Message, *, now: datetime
) -> None:
    """Write a mail that has not gone out anew, with one more link: its own is known to nobody.

    The earlier link still opens, in case the mail server took the mail and could not say so.
    """
    link, url = new_link(event, booking, parent, now=now)
    notifications.write_again(
        message,
        key=f"{message.template}:{link.id}",
        now=now,
        keep_until=worth_sending_until(event, booking, message.template),
        **mail_words(event, booking, parent, url, now=now),
        **enclosed(event, message.template),
    )


def worth_sending_until(event: Event, booking: Booking, template: str) -> datetime | None:
    """Return until when a mail is worth sending: the date that it names, or the event's end."""
    says_no_date = template in {NEW_LINK, ANOTHER_LINK}
    return event.last_ends_at if says_no_date else booking.reply_by_at


def about(booking: Booking) -> str:
    """Return what mail about a booking is about, as the outbox knows it."""
    return f"booking:{booking.id}"


def parents_of(bookings: Iterable[Booking]) -> list[tuple[Parent, list[Booking]]]:
    """Return the parents who can be written to, each once, with the bookings of their children."""
    found: dict[int, tuple[Parent, list[Booking]]] = {}
    for booking in bookings:
        for parent in reachable_parents(booking):
            found.setdefault(parent.id, (parent, []))[1].append(booking)
    return list(found.values())


def of_children(bookings: Sequence[Booking]) -> dict[str, Any]:
    """Return what one mail about one or several of a parent's children has; see `of_family`."""
    names = [booking.pupil.forename for booking in bookings]
    several = {"pupil_forename": english.listed(names), "several": len(names) > 1}
    return {**of_family(bookings[0]), **several}


def end_links(booking: Booking, *, now: datetime) -> None:
    """End every private link to a booking."""
    db.session.execute(
        update(ParentLink)
        .where(ParentLink.booking_id == booking.id, ParentLink.revoked_at.is_(None))
        .values(revoked_at=now)
    )


def end_links_of(booking: Booking, parent_id: int, *, now: datetime) -> None:
    """End one parent's private links to a booking."""
    db.session.execute(
        update(ParentLink)
        .where(
            ParentLink.booking_id == booking.id,
            ParentLink.parent_id == parent_id,
            ParentLink.revoked_at.is_(None),
        )
        .values(revoked_at=now)
    )


def reachable_parents(booking: Booking) -> list[Parent]:
    """Return the pupil's parents with an e-mail address; without any, the school asks on paper."""
    return sorted((p for p in booking.pupil.parents if p.email), key=lambda p: p.id)


def new_link(
    event: Event,
    booking: Booking,
    parent: Parent,
    *,
    now: datetime,
    page: addresses.Address = addresses.PARENT,
) -> tuple[ParentLink, str]:
    """Return a new private link to `page`; only its hash is kept."""
    link, token = unsaved_link(event, booking, parent, now=now)
    db.session.add(link)
    db.session.flush()
    return link, absolute_url(page(token=token))


def unsaved_link(
    event: Event, booking: Booking, parent: Parent, *, now: datetime
) -> tuple[ParentLink, str]:
    """Return a new private link that is not saved yet, and its token."""
    token = new_token()
    link = ParentLink(
        token_hash=token_hash(token),
        parent_id=parent.id,
        booking_id=booking.id,
        created_at=now,
        expires_at=(event.last_ends_at or now) + LINK_LIVES_ON,
    )
    return link, token


def of_family(booking: Booking) -> dict[str, Any]:
    """Return what every mail to a family has: what it is about, whom it names, and who answers it.

    That is the school, its telephone number and the coordinator, if known: a parent who wonders
    whether a mail is real can ring the number that they know.
    """
    asked_by = answering.who_answer(booking)
    coordinator = next(iter(asked_by), None)
    return {
        "about": about(booking),
        "reply_to": school_queries.mailbox_of(asked_by),
        "pupil_forename": booking.pupil.forename,
        "school_name": booking.school.name,
        "school_phone": booking.school.office_phone,
        "coordinator_name": coordinator.name if coordinator else "",
    }


def enclosed(event: Event, template: str) -> dict[str, Any]:
    """Return the event's files that go with a mail, and what it says of them.

    Only an invitation has any: small ones are attached, and the rest is behind the link.
    """
    if template != INVITED:
        return {}
    attached, linked = event_shelf.with_invitation(event)
    return {
        "files": [
            notifications.CarriedFile(file.sha256, file.name, MEDIA_TYPES[file.content.kind])
            for file in attached
        ],
        "enclosed": _labels(attached),
        "behind_link": _labels(linked),
    }


def _labels(files: Sequence[AttachedFile]) -> str:
    return english.listed(file.label for file in files) if files else ""


def mail_words(
    event: Event, booking: Booking, parent: Parent, url: str, *, now: datetime
) -> dict[str, Any]:
    """Return the words of the mails that ask for a parent's answer."""
    return {
        **of_family(booking),
        "parent_name": parent.name,
        "event": event,
        "costs": " ".join(event_words.fee_sentences(event)),
        "way_to_pay": ports.ways_to_pay([(booking, parent)], now=now)[0],
        "when_texts": event_words.dates(event),
        "reply_by_at": booking.reply_by_at,
        "action_url": url,
        "action_label": "Read more and reply",
    }
