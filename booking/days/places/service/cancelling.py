"""What happens to places when an event is cancelled, and who is told."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from booking.days.events import mail as event_mail
from booking.days.events import words as event_words
from booking.days.events.models import Event
from booking.days.places import queries
from booking.days.places.models import Booking, Offer, OfferState
from booking.days.places.service import invitations, moves, offers
from booking.domain.booking_states import MARKED, BookingState
from booking.domain.permissions import Actor
from booking.foundation.db import db
from booking.foundation.notifications import service as notifications
from booking.people.schools import queries as school_queries


@dataclass(frozen=True)
class _Told:
    """Somebody who is told that an event is off, and what the mail to them says of it."""

    email: str
    name: str
    facts: dict[str, Any]


def keys_of_mail(event: Event) -> frozenset[str]:
    """Return the keys of the mails that families and schools would get, were the event cancelled.

    Somebody who also runs the event gets one mail, whose key is the same.
    """
    told = (*_parents(queries.live_bookings(event.id)), *_coordinators(event))
    return frozenset(event_mail.cancelled_key(event, who) for who, _ in told)


def end_all(event: Event, *, actor: Actor, now: datetime, **_facts: object) -> None:
    """End every booking and offer of a cancelled event, and tell everybody concerned once.

    What the register says of the dates of a series that are over stays; those families are told of
    the others.
    """
    bookings = queries.live_bookings(event.id)
    told = [*_parents(bookings), *_coordinators(event)]
    for booking in bookings:
        if booking.state not in MARKED:
            moves.move(booking, BookingState.CANCELLED, actor=actor, now=now)
    for offer in _open_offers(event.id):
        offers.end_offer(offer, OfferState.WITHDRAWN, actor=actor, now=now)
    attachment = event_mail.calendar_file(event)
    for who, person in told:
        _tell(event, who, person, now=now, attachment=attachment)


def _parents(bookings: list[Booking]) -> Iterator[tuple[str, _Told]]:
    """Return the parents of pupils with a place, each once, about all of their own children."""
    seated = [booking for booking in bookings if booking.state is not BookingState.RESERVE]
    for parent, own in invitations.parents_of(seated):
        facts = invitations.of_children(own)
        yield f"parent:{parent.id}", _Told(parent.email, parent.name, facts)


def _coordinators(event: Event) -> Iterator[tuple[str, _Told]]:
    facts = {"about": event_mail.about(event), "reply_to": event_mail.answers_to(event)}
    for school_id in queries.schools_ever_concerned(event.id):
        for person in school_queries.coordinators(school_id):
            yield f"person:{person.id}", _Told(person.email, person.name, facts)


def _tell(
    event: Event, who: str, told: _Told, *, now: datetime, attachment: notifications.Attachment
) -> None:
    notifications.queue(
        key=event_mail.cancelled_key(event, who),
        to=told.email,
        template="event_cancelled",
        now=now,
        keep_until=event.last_ends_at,
        name=told.name,
        event=event,
        when_texts=event_words.dates(event),
        is_parent=who.startswith("parent"),
        attachment=attachment,
        **told.facts,
    )


def _open_offers(event_id: int) -> list[Offer]:
    statement = select(Offer).where(Offer.event_id == event_id, Offer.state == OfferState.OPEN)
    return list(db.session.scalars(statement.order_by(Offer.id)))
