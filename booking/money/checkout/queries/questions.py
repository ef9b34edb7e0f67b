"""Reads of consent that is asked for again, and of parents who do not agree."""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Integer,
    Select,
    bindparam,
    exists,
    func,
    select,
)
from sqlalchemy.orm import joinedload, selectinload

from booking.days.events import states as event_states
from booking.days.events.models import Event, EventState
from booking.days.places.models import Booking
from booking.domain.booking_states import BookingState
from booking.foundation.db import db, rows
from booking.money.checkout.models import Consent, ConsentQuestion, Needs, Objection
from booking.money.checkout.queries import replies
from booking.people.pupils.models import Pupil

#: How many events or objections become tasks of one school.
TASKS_MAX = 20
SCHOOL = bindparam("school_id", type_=Integer)
NOW = bindparam("now", type_=Event.last_ends_at.type)
ANSWERED_FOR = (BookingState.INVITED, BookingState.CONFIRMED)


class QuestionsDue(NamedTuple):
    """How many parents of a school were asked again about an event and have not answered."""

    slug: str
    title: str
    count_: int
    soonest: datetime


class ObjectionDue(NamedTuple):
    """A parent of a school does not agree, and nobody has dealt with it yet."""

    public_id: str
    title: str
    forename: str
    surname: str


def question_of(booking_id: int) -> ConsentQuestion | None:
    """Return consent that is asked for again about a booking."""
    return db.session.get(ConsentQuestion, booking_id)


def asked_again() -> ColumnElement[bool]:
    """Return the condition that consent to a booking is asked for again, without an answer yet."""
    return exists().where(ConsentQuestion.booking_id == Booking.id).correlate(Booking)


def asked_again_of(event_id: int) -> set[int]:
    """Return the bookings of an event whose consent is asked for again."""
    return set(
        db.session.scalars(
            select(ConsentQuestion.booking_id)
            .join(Booking, Booking.id == ConsentQuestion.booking_id)
            .where(Booking.event_id == event_id)
        )
    )


def questions_due(school_id: int, *, now: datetime) -> list[QuestionsDue]:
    """Return the coming events whose parents were asked again and have not answered."""
    return [QuestionsDue(*row) for row in rows(_questions_due(), school_id=school_id, now=now)]


@cache
def _questions_due() -> Select[*tuple[Any, ...]]:
    soonest = func.min(ConsentQuestion.reply_by_at)
    return (
        select(Event.slug, Event.title, func.count(), soonest)
        .join(Booking, Booking.event_id == Event.id)
        .join(ConsentQuestion, ConsentQuestion.booking_id == Booking.id)
        .where(Booking.school_id == SCHOOL, Booking.state.in_(ANSWERED_FOR), _coming(NOW))
        .group_by(Event.id)
        .order_by(soonest, Event.id)
        .limit(TASKS_MAX)
    )


def questions_to_remind(now: datetime, *, before: datetime, asked_by: datetime) -> list[int]:
    """Return the bookings whose parents have not answered, were not reminded, and soon should."""
    return list(
        db.session.scalars(
            select(ConsentQuestion.booking_id)
            .join(Booking, Booking.id == ConsentQuestion.booking_id)
            .join(Event, Event.id == Booking.event_id)
            .where(
                ConsentQuestion.reminded_at.is_(None),
                ConsentQuestion.reply_by_at > now,
                ConsentQuestion.reply_by_at <= before,
                ConsentQuestion.asked_at <= asked_by,
                Booking.state.in_(ANSWERED_FOR),
                _coming(now),
            )
            .order_by(ConsentQuestion.booking_id)
            .limit(TASKS_MAX)
        )
    )


def replied(event_id: int) -> list[Booking]:
    """Return the bookings of an event about which everything was answered, with its facts."""
    return list(
        db.session.scalars(
            select(Booking)
            .join(Needs, Needs.booking_id == Booking.id)
            .where(
                Booking.event_id == event_id,
                Booking.state.in_(ANSWERED_FOR),
                Needs.sent_at.is_not(None),
            )
            .options(joinedload(Booking.pupil), joinedload(Booking.school))
            .order_by(Booking.id)
        )
    )


def coming_events_with_replies(now: datetime) -> list[Event]:
    """Return the events still to come, or under way, about which parents have answered."""
    answered = exists().where(
        Booking.event_id == Event.id,
        Booking.state.in_(ANSWERED_FOR),
        exists().where(Consent.booking_id == Booking.id, Consent.given),
    )
    coming = select(Event).where(_coming(now), answered).order_by(Event.id)
    return list(db.session.scalars(coming.options(selectinload(Event.dates))))


def answered_otherwise(event_id: int, digest: str) -> bool:
    """Return whether the newest consent of some booking is to other facts and was not asked again.

    Answers from before digests were kept are left alone: only a change that is seen asks again.
    """
    newest = (
        select(func.max(Consent.id))
        .where(Consent.booking_id == Booking.id)
        .correlate(Booking)
        .scalar_subquery()
    )
    asked = exists().where(
        ConsentQuestion.booking_id == Booking.id, ConsentQuestion.facts_digest == digest
    )
    found = (
        select(Booking.id)
        .join(Consent, Consent.id == newest)
        .join(Needs, Needs.booking_id == Booking.id)
        .where(
            Booking.event_id == event_id,
            Booking.state.in_(ANSWERED_FOR),
            Needs.sent_at.is_not(None),
            Consent.given,
            Consent.given_at >= Booking.invited_at,
            Consent.facts_digest.not_in(("", digest)),
            ~asked,
        )
        .limit(1)
    )
    return db.session.scalar(found) is not None


def objection_by_public_id(public_id: str) -> Objection | None:
    """Return an objection with everything that the school's page shows."""
    return db.session.scalar(
        select(Objection)
        .where(Objection.public_id == public_id)
        .options(
            joinedload(Objection.parent),
            joinedload(Objection.booking).joinedload(Booking.pupil),
            joinedload(Objection.booking).joinedload(Booking.event),
        )
    )


def open_objections(school_id: int) -> list[ObjectionDue]:
    """Return what parents of a school do not agree with, oldest first."""
    return [ObjectionDue(*row) for row in rows(_open_objections(), school_id=school_id)]


@cache
def _open_objections() -> Select[*tuple[Any, ...]]:
    return (
        select(Objection.public_id, Event.title, Pupil.forename, Pupil.surname)
        .join(Booking, Booking.id == Objection.booking_id)
        .join(Pupil, Pupil.id == Booking.pupil_id)
        .join(Event, Event.id == Booking.event_id)
        .where(Booking.school_id == SCHOOL, Objection.settled_at.is_(None))
        .order_by(Objection.raised_at, Objection.id)
        .limit(TASKS_MAX)
    )


def objections_to(booking_ids: Collection[int]) -> list[Objection]:
    """Return all that was objected to about bookings, oldest first."""
    return list(
        db.session.scalars(
            select(Objection).where(Objection.booking_id.in_(booking_ids)).order_by(Objection.id)
        )
    )


def answers_sent(booking: Booking) -> list[Consent]:
    """Return what a school may read of the answers about a booking: a draft is the parent's own."""
    reply, invited_at = replies.reply(booking), booking.invited_at
    return [
        one
        for one in answers_to(booking.id)
        if not one.given or reply.complete or (invited_at and one.given_at < invited_at)
    ]


def answers_to(booking_id: int) -> list[Consent]:
    """Return every yes and no about a booking, oldest first."""
    return list(
        db.session.scalars(
            select(Consent).where(Consent.booking_id == booking_id).order_by(Consent.id)
        )
    )


def _coming(now: datetime | BindParameter[datetime]) -> ColumnElement[bool]:
    return (Event.state == EventState.PUBLISHED) & ~event_states.over(now)
