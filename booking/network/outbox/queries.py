"""Reads of the outbox for people: what did not arrive, and what was sent to a family."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    cast,
    exists,
    func,
    or_,
    select,
)
from sqlalchemy.orm import aliased, defer

from booking.days.events import states as event_states
from booking.days.events.models import Event
from booking.days.places import ports as place_ports
from booking.days.places.models import Booking
from booking.domain.booking_states import BookingState
from booking.foundation.db import db, rows
from booking.foundation.notifications import queries as notification_queries
from booking.foundation.notifications.models import GIVEN_UP, WAITING, Message, MessageState
from booking.foundation.notifications.queries import Fate
from booking.network.outbox.details import Undelivered
from booking.people.pupils.models import Parent, Pupil, PupilParent
from booking.people.schools.models import Invitation, Person, School

#: What is about a booking begins with this; see `notifications.queue(about=)`.
OF_BOOKING = "booking:"
#: Mail to the parents of a pupil. What else is about a booking goes to the school's coordinators.
TO_FAMILIES = (
    "ask_again",
    "booking_confirmed",
    "circular_to_family",
    "contribution_reminder",
    "contribution_thanks",
    "event_cancelled",
    "event_changed",
    "invitation_lapsed",
    "invited",
    "another_link",
    "new_link",
    "payment_returned",
    "place_news",
    "place_withdrawn",
    "receipt",
    "receipt_undone",
    "refund_choice",
    "refund_failed",
    "refund_sent",
    "refund_undone",
    "reply_reminder",
)
#: What a family must hear of even after it has answered.
PLANNED_BY = ("ask_again", "event_changed")
#: Mail whose private link opens all that is known about the place.
WITH_LINK = (
    "another_link",
    "ask_again",
    "circular_to_family",
    "invited",
    "new_link",
    "place_news",
    "reply_reminder",
)
#: How much of a family's mail a page shows, the newest.
FAMILY_MAX = 100
#: How many pupils one list of undelivered mail has.
UNDELIVERED_MAX = 200
#: How many mails one press sends again.
RETRY_MAX = 1000

SCHOOL = bindparam("school_id", type_=Integer)
NOW = bindparam("now", type_=Event.last_ends_at.type)
LATE_SINCE = bindparam("late", type_=Message.queued_at.type)


class Shown(StrEnum):
    """Which mail the page of the outbox lists."""

    OPEN = ""
    LATE = "late"
    FAILED = "failed"
    REFUSED = "refused"
    ALL = "all"


def listed(shown: Shown, *, now: datetime) -> Select[Message]:
    """Select mail without its body, newest first; by itself, what did not arrive."""
    bodies = (Message.text, Message.html, Message.attachment, Message.files)
    statement = select(Message).options(*(defer(body, raiseload=True) for body in bodies))
    if shown is not Shown.ALL:
        statement = statement.where(_is_open(shown, now))
    return statement.order_by(Message.queued_at.desc(), Message.id.desc())


def _is_open(shown: Shown, now: datetime) -> ColumnElement[bool]:
    kinds = {
        Shown.LATE: and_(
            Message.state.in_(WAITING), Message.queued_at <= now - notification_queries.LATE
        ),
        Shown.FAILED: Message.state == MessageState.FAILED,
        Shown.REFUSED: Message.state == MessageState.REFUSED,
    }
    return kinds.get(shown, or_(*kinds.values()))


@dataclass(frozen=True)
class OutboxFigures:
    """How much mail somebody has to look after."""

    late: int
    #: When the oldest late mail was queued.
    oldest_at: datetime | None
    failed: int
    #: To people with roles; what a family does not get is its own school's to settle.
    refused: int


def figures(now: datetime) -> OutboxFigures:
    """Return what did not arrive and is still worth sending."""
    of_family = Message.about.startswith(OF_BOOKING)
    matters = and_(Message.keep_until > now, ~_is_outdone())
    failed = and_(Message.state == MessageState.FAILED, matters)
    refused = and_(Message.state == MessageState.REFUSED, ~of_family, matters)
    late = and_(Message.state.in_(WAITING), Message.queued_at <= now - notification_queries.LATE)
    found = db.session.execute(
        select(
            func.count().filter(late),
            func.min(Message.queued_at).filter(late),
            func.count().filter(failed),
            func.count().filter(refused),
        ).where(Message.state != MessageState.SENT)
    ).one()
    return OutboxFigures(*found)


def to_retry(now: datetime) -> list[int]:
    """Return the mails that failed and are still worth sending, oldest first."""
    return list(
        db.session.scalars(
            select(Message.id)
            .where(Message.state == MessageState.FAILED, Message.keep_until > now, ~_is_outdone())
            .order_by(Message.id)
            .limit(RETRY_MAX)
        )
    )


def _is_outdone() -> ColumnElement[bool]:
    """Return the condition that newer mail to the same family and address says as much.

    Mail with a private link says all there is to say: its page does. What became of it is then
    what counts.
    """
    newer = aliased(Message)
    return exists().where(
        newer.about == Message.about,
        newer.about.startswith(OF_BOOKING),
        newer.recipient == Message.recipient,
        newer.id > Message.id,
        or_(newer.template == Message.template, newer.template.in_(WITH_LINK)),
    )


def undelivered(
    school_id: int, *, now: datetime, event_id: int | None = None, pupil_id: int | None = None
) -> list[Undelivered]:
    """Return the mail to a school's families that has not arrived and still matters.

    It matters until the address is corrected, the family has answered, by mail or on paper, the
    pupil has been withdrawn, or the event is over; a change of the event, until it is over.
    """
    found = rows(
        _undelivered(event_id is not None, pupil_id is not None),
        school_id=school_id,
        now=now,
        late=now - notification_queries.LATE,
        **({} if event_id is None else {"event_id": event_id}),
        **({} if pupil_id is None else {"pupil_id": pupil_id}),
    )
    return [Undelivered(*row) for row in found]


@cache
def _undelivered(of_event: bool, of_pupil: bool) -> Select[*tuple[Any, ...]]:
    narrower = [Booking.event_id == bindparam("event_id", type_=Integer)] if of_event else []
    if of_pupil:
        narrower.append(Booking.pupil_id == bindparam("pupil_id", type_=Integer))
    return (
        select(
            Booking.id,
            Booking.public_id,
            Booking.state,
            Booking.reply_by_at,
            Pupil.public_id,
            Pupil.forename,
            Pupil.surname,
            Event.slug,
            Event.title,
            Parent.name,
            Message.template,
            Message.state,
            Message.queued_at,
        )
        .join(Event, Event.id == Booking.event_id)
        .join(Pupil, Pupil.id == Booking.pupil_id)
        .join(PupilParent, PupilParent.pupil_id == Pupil.id)
        .join(Parent, Parent.id == PupilParent.parent_id)
        .join(
            Message,
            and_(
                Message.about == OF_BOOKING + cast(Booking.id, String),
                Message.recipient == Parent.email,
            ),
        )
        .where(
            Booking.school_id == SCHOOL,
            *narrower,
            _still_matters(),
            ~event_states.over(NOW),
            Message.template.in_(TO_FAMILIES),
            or_(
                Message.state.in_(GIVEN_UP),
                and_(Message.state.in_(WAITING), Message.queued_at <= LATE_SINCE),
            ),
            ~_is_outdone(),
        )
        .order_by(Booking.reply_by_at, Booking.id, Message.id)
        .limit(UNDELIVERED_MAX)
    )


def _still_matters() -> ColumnElement[bool]:
    return or_(
        and_(Booking.state == BookingState.INVITED, ~place_ports.answered()),
        and_(Booking.state == BookingState.CONFIRMED, Message.template.in_(PLANNED_BY)),
        and_(Booking.state == BookingState.CANCELLED, Message.template == "event_cancelled"),
    )


def sent_to_family(booking_ids: Sequence[int]) -> list[Fate]:
    """Return the mail to the parents about these bookings, newest first; never a body."""
    abouts = [f"{OF_BOOKING}{booking_id}" for booking_id in booking_ids]
    statement = notification_queries.fates(
        Message.about.in_(abouts), Message.template.in_(TO_FAMILIES)
    )
    return notification_queries.read(statement.limit(FAMILY_MAX)) if abouts else []


def given_up_about(booking_ids: Sequence[int], addresses: Sequence[str]) -> set[int]:
    """Return about which of these bookings mail to one of these addresses was given up."""
    abouts = {f"{OF_BOOKING}{booking_id}": booking_id for booking_id in booking_ids}
    found = db.session.scalars(
        select(Message.about).where(
            Message.about.in_(abouts),
            Message.recipient.in_(addresses),
            Message.template.in_(TO_FAMILIES),
            Message.state.in_(GIVEN_UP),
            ~_is_outdone(),
        )
    )
    return {abouts[about] for about in found}


def bookings_of_pupil(pupil_id: int) -> dict[str, str]:
    """Return the titles of the events that a pupil was named for, by what mail is about."""
    found = db.session.execute(
        select(Booking.id, Event.title)
        .join(Event, Event.id == Booking.event_id)
        .where(Booking.pupil_id == pupil_id)
        .order_by(Booking.id.desc())
        .limit(FAMILY_MAX)
    )
    return {f"{OF_BOOKING}{booking_id}": title for booking_id, title in found}


def schools_of(abouts: Collection[str]) -> dict[str, tuple[int, str]]:
    """Return the school, its id and name, that each of these bookings belongs to."""
    ids = [int(number) for about in abouts if (number := about.removeprefix(OF_BOOKING)).isdigit()]
    found = db.session.execute(
        select(Booking.id, School.id, School.name)
        .join(School, School.id == Booking.school_id)
        .where(Booking.id.in_(ids))
    )
    return {f"{OF_BOOKING}{number}": (school_id, name) for number, school_id, name in found}


def staff_among(recipients: Collection[str]) -> set[str]:
    """Return those of these addresses that belong to people with, or offered, a role."""
    wanted = list(set(recipients))
    return {
        *db.session.scalars(select(Person.email).where(Person.email.in_(wanted))),
        *db.session.scalars(select(Invitation.email).where(Invitation.email.in_(wanted))),
    }
