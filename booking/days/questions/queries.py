"""Reads of what hosts ask besides, and of what was answered."""

from collections.abc import Collection
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Integer, Select, bindparam, exists, func, or_, select
from sqlalchemy.orm import joinedload

from booking.days.events.models import Event, EventState
from booking.days.places import ports as place_ports
from booking.days.places import queries as place_queries
from booking.days.places.models import Booking
from booking.days.questions.models import EventQuestion, QuestionAnswer
from booking.domain.asking import AskedOf
from booking.domain.booking_states import SEATED, BookingState
from booking.foundation.db import db, rows
from booking.people.pupils.models import Pupil
from booking.people.schools.models import School

#: How many events with something to answer become tasks of one school.
TASKS_MAX = 20
OF_PUPILS = (AskedOf.PARENT, AskedOf.PUPIL)


def by_public_id(public_id: str) -> EventQuestion | None:
    """Return one question with its event."""
    return db.session.scalar(
        select(EventQuestion)
        .where(EventQuestion.public_id == public_id)
        .options(joinedload(EventQuestion.event))
    )


def of_event(event_id: int, *of: AskedOf) -> list[EventQuestion]:
    """Return what is asked at an event, in order; of some only, if they are named."""
    return list(
        db.session.scalars(
            select(EventQuestion)
            .where(
                EventQuestion.event_id == event_id,
                EventQuestion.withdrawn_at.is_(None),
                *([EventQuestion.of.in_(of)] if of else []),
            )
            .order_by(EventQuestion.position, EventQuestion.id)
        )
    )


def about_booking(booking_id: int) -> dict[int, QuestionAnswer]:
    """Return what was answered about one booking, by question."""
    found = db.session.scalars(
        select(QuestionAnswer).where(QuestionAnswer.booking_id == booking_id)
    )
    return {answer.question_id: answer for answer in found}


def of_school(event_id: int, school_id: int) -> dict[int, QuestionAnswer]:
    """Return what one school answered at an event, by question."""
    found = db.session.scalars(
        select(QuestionAnswer)
        .join(QuestionAnswer.question)
        .where(EventQuestion.event_id == event_id, QuestionAnswer.school_id == school_id)
    )
    return {answer.question_id: answer for answer in found}


def about_pupils(
    question_ids: Collection[int], *, school_id: int | None = None
) -> list[QuestionAnswer]:
    """Return what was answered about pupils who have places; of one school only, if it is given."""
    if not question_ids:
        return []
    return list(
        db.session.scalars(
            select(QuestionAnswer)
            .join(Booking, Booking.id == QuestionAnswer.booking_id)
            .where(
                QuestionAnswer.question_id.in_(question_ids),
                Booking.state.in_(SEATED),
                *([] if school_id is None else [Booking.school_id == school_id]),
            )
            .options(joinedload(QuestionAnswer.question))
        )
    )


def of_schools(question_ids: Collection[int]) -> list[QuestionAnswer]:
    """Return what schools answered for themselves."""
    if not question_ids:
        return []
    return list(
        db.session.scalars(
            select(QuestionAnswer)
            .where(
                QuestionAnswer.question_id.in_(question_ids), QuestionAnswer.school_id.is_not(None)
            )
            .options(joinedload(QuestionAnswer.question))
        )
    )


def count_answers(question_id: int) -> int:
    """Return how many have answered a question."""
    counted = select(func.count()).where(QuestionAnswer.question_id == question_id)
    return db.session.scalar(counted) or 0


def has_replies(event_id: int) -> bool:
    """Return whether any family has replied about an event, or any school has answered."""
    family = exists().where(
        Booking.event_id == event_id, Booking.state.in_(SEATED), place_ports.answered()
    )
    school = exists().where(
        QuestionAnswer.question_id == EventQuestion.id,
        QuestionAnswer.school_id.is_not(None),
        EventQuestion.event_id == event_id,
    )
    return bool(db.session.scalar(select(or_(family, school))))


def replied(event_id: int) -> list[Booking]:
    """Return the bookings of an event whose families have replied, each with its pupil."""
    return list(
        db.session.scalars(
            select(Booking)
            .where(Booking.event_id == event_id, Booking.state.in_(SEATED), place_ports.answered())
            .options(
                joinedload(Booking.pupil).selectinload(Pupil.parents), joinedload(Booking.school)
            )
            .order_by(Booking.id)
        )
    )


def pupils_at(event_id: int) -> int:
    """Return how many pupils have places at an event."""
    counted = select(func.count()).where(Booking.event_id == event_id, Booking.state.in_(SEATED))
    return db.session.scalar(counted) or 0


def schools_coming(event_id: int) -> list[School]:
    """Return the schools that have pupils with places at an event, by name."""
    coming = exists().where(
        Booking.event_id == event_id, Booking.school_id == School.id, Booking.state.in_(SEATED)
    )
    return list(db.session.scalars(select(School).where(coming).order_by(School.name)))


class AnswersDue(NamedTuple):
    """An event about which a school has something to answer."""

    slug: str
    title: str
    starts_at: datetime | None


def due(school_id: int, *, now: datetime) -> list[AnswersDue]:
    """Return the coming events at which a school has something to answer, soonest first."""
    return [AnswersDue(*row) for row in rows(_due(), school_id=school_id, now=now)]


@cache
def _due() -> Select[*tuple[Any, ...]]:
    school = bindparam("school_id", type_=Integer)
    seated = (
        Booking.event_id == EventQuestion.event_id,
        Booking.school_id == school,
        Booking.state.in_(SEATED),
    )
    return (
        select(Event.slug, Event.title, Event.first_starts_at)
        .where(
            Event.state == EventState.PUBLISHED,
            Event.first_starts_at > bindparam("now", type_=Event.first_starts_at.type),
            exists().where(
                EventQuestion.event_id == Event.id,
                EventQuestion.withdrawn_at.is_(None),
                or_(_school_owes(school, seated), _pupils_owe(seated)),
            ),
        )
        .order_by(Event.first_starts_at, Event.id)
        .limit(TASKS_MAX)
    )


def _school_owes(school: Any, seated: tuple[ColumnElement[bool], ...]) -> ColumnElement[bool]:
    """Return the condition that a school has not answered for itself."""
    told = exists().where(
        QuestionAnswer.question_id == EventQuestion.id, QuestionAnswer.school_id == school
    )
    return (EventQuestion.of == AskedOf.SCHOOL) & exists().where(*seated) & ~told


def _pupils_owe(seated: tuple[ColumnElement[bool], ...]) -> ColumnElement[bool]:
    """Return the condition that a pupil has no answer for which the school is wanted.

    Of pupils it answers itself what has to be answered, or came too late for the reply. Of parents
    it asks what a slip of paper left out, and what no late mail could ask.
    """
    told = (
        exists()
        .where(
            QuestionAnswer.question_id == EventQuestion.id, QuestionAnswer.booking_id == Booking.id
        )
        .correlate(EventQuestion, Booking)
    )
    of_pupils = (EventQuestion.of == AskedOf.PUPIL) & (EventQuestion.required | EventQuestion.late)
    of_parents = (EventQuestion.of == AskedOf.PARENT) & or_(
        EventQuestion.required & (Booking.state == BookingState.CONFIRMED),
        EventQuestion.late & ~place_queries.is_reachable() & place_ports.answered(),
    )
    return exists().where(*seated, ~told, or_(of_pupils, of_parents))
