"""Reads of meetings: who is invited, lists, answers, and which still need an answer."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
    true,
)
from sqlalchemy.orm import joinedload, selectinload

from booking.days.events import feeds
from booking.domain import english, permissions
from booking.domain.permissions import ROLE_PLURALS, Action, Actor
from booking.foundation.db import db, rows
from booking.network.meetings import ports
from booking.network.meetings.models import (
    Answer,
    Meeting,
    MeetingAnswer,
    MeetingGuest,
    MeetingRole,
)
from booking.people.schools.models import Person, RoleGrant

#: How many meetings a home page asks about; more appear once these are answered.
TASKS_MAX = 5
#: How many the page about network life shows or finds.
SHOWN_MAX = 20


def invited(person_id: Any) -> ColumnElement[bool]:
    """Return the condition that a person is invited: by the roles they hold now, or by name."""
    by_role = (
        select(MeetingRole.meeting_id)
        .join(RoleGrant, RoleGrant.role == MeetingRole.role)
        .where(MeetingRole.meeting_id == Meeting.id, RoleGrant.person_id == person_id)
        .correlate(Meeting, Person)
    )
    by_name = (
        select(MeetingGuest.meeting_id)
        .where(MeetingGuest.meeting_id == Meeting.id, MeetingGuest.person_id == person_id)
        .correlate(Meeting, Person)
    )
    return or_(Meeting.for_everybody, by_role.exists(), by_name.exists())


def seen_by(actor: Actor) -> ColumnElement[bool]:
    """Return the condition that somebody may read a meeting: they are invited, or read them all."""
    if permissions.may(actor, Action.SEE_NETWORK):
        return true()
    return invited(actor.person_id)


def by_public_id(public_id: str, actor: Actor) -> Meeting | None:
    """Return a meeting that this person may read."""
    return db.session.scalars(
        select(Meeting)
        .where(Meeting.public_id == public_id, seen_by(actor))
        .options(joinedload(Meeting.host_school), selectinload(Meeting.roles))
    ).one_or_none()


def listing(actor: Actor, *, now: datetime, past: bool) -> Select[Meeting]:
    """Return the statement for the meetings that somebody may read, either coming or past."""
    over = Meeting.ends_at <= now
    order = Meeting.starts_at.desc() if past else Meeting.starts_at
    return (
        select(Meeting)
        .where(seen_by(actor), over if past else ~over)
        .options(joinedload(Meeting.host_school))
        .order_by(order, Meeting.id)
    )


def for_whom(meeting: Meeting) -> str:
    """Return who is invited: "Everybody with an account", "Coordinators and hosts"."""
    if meeting.circle:
        title = next(iter(ports.circle_title(circle=meeting.circle)), "a group that has ended")
        return f"Everybody in {title}"
    if meeting.for_everybody:
        return "Everybody with an account"
    invited = {row.role for row in meeting.roles}
    names = [name for role, name in ROLE_PLURALS.items() if role in invited]
    return english.listed([names[0], *(name[0].lower() + name[1:] for name in names[1:])])


def standings(person_id: int | None, meetings: Iterable[Meeting]) -> dict[int, Answer | None]:
    """Return which of these meetings a person is invited to, by id, with their answer."""
    own = and_(MeetingAnswer.meeting_id == Meeting.id, MeetingAnswer.person_id == person_id)
    found = (
        select(Meeting.id, MeetingAnswer.answer)
        .outerjoin(MeetingAnswer, own)
        .where(Meeting.id.in_([meeting.id for meeting in meetings]), invited(person_id))
    )
    return {meeting_id: answer for meeting_id, answer in db.session.execute(found)}


def guests(meeting: Meeting) -> Select[Person]:
    """Return the statement for everybody who is invited and can sign in, by name."""
    return (
        select(Person)
        .where(Person.disabled_at.is_(None), _is_guest_of(meeting))
        .order_by(Person.name, Person.id)
    )


def _is_guest_of(meeting: Meeting) -> ColumnElement[bool]:
    return exists().where(Meeting.id == meeting.id, invited(Person.id)).correlate(Person)


class Guest(NamedTuple):
    """Somebody who is invited, or was when they answered, with their answer if there is one."""

    person: Person
    answer: Answer | None
    answered_at: datetime | None


def answered(meeting: Meeting) -> Select[Any]:
    """Return the statement for guests: first who can come, then who cannot, then no answer yet."""
    order = case((MeetingAnswer.answer == Answer.COMING, 0), (_has_answered(), 1), else_=2)
    return (
        select(Person)
        .outerjoin(MeetingAnswer, _answer_to(meeting))
        .where(or_(_has_answered(), and_(Person.disabled_at.is_(None), _is_guest_of(meeting))))
        .options(selectinload(Person.grants).joinedload(RoleGrant.school))
        .order_by(order, Person.name, Person.id)
    )


def _answer_to(meeting: Meeting) -> ColumnElement[bool]:
    return and_(MeetingAnswer.person_id == Person.id, MeetingAnswer.meeting_id == meeting.id)


def _has_answered() -> ColumnElement[bool]:
    return MeetingAnswer.meeting_id.is_not(None)


def with_answers(meeting: Meeting, people: Sequence[Person]) -> list[Guest]:
    """Return these people with their answers."""
    found = select(MeetingAnswer).where(
        MeetingAnswer.meeting_id == meeting.id,
        MeetingAnswer.person_id.in_([person.id for person in people]),
    )
    said = {row.person_id: row for row in db.session.scalars(found)}
    return [
        Guest(p, said[p.id].answer, said[p.id].answered_at)
        if p.id in said
        else Guest(p, None, None)
        for p in people
    ]


def counts(meeting: Meeting) -> dict[Answer | None, int]:
    """Return how many are coming, cannot come and have not answered, in one query."""
    asked = answered(meeting).order_by(None)
    found = asked.with_only_columns(MeetingAnswer.answer, func.count()).group_by(
        MeetingAnswer.answer
    )
    numbers: dict[Answer | None, int] = {Answer.COMING: 0, Answer.NOT_COMING: 0, None: 0}
    return numbers | {answer: count for answer, count in db.session.execute(found)}


def numbers_coming(meetings: Iterable[Meeting]) -> dict[int, int]:
    """Return how many are coming to each of these meetings, by id, in one query."""
    ids = [meeting.id for meeting in meetings]
    found = (
        select(MeetingAnswer.meeting_id, func.count())
        .where(MeetingAnswer.meeting_id.in_(ids), MeetingAnswer.answer == Answer.COMING)
        .group_by(MeetingAnswer.meeting_id)
    )
    return dict.fromkeys(ids, 0) | {id_: count for id_, count in db.session.execute(found)}


def coming_count(now: datetime, circle: str = "") -> int:
    """Return how many meetings of the network, or of a circle, are still to come."""
    found = select(func.count()).where(_to_come(now), Meeting.circle == circle)
    return db.session.scalar(found) or 0


def _to_come(now: datetime) -> ColumnElement[bool]:
    return and_(Meeting.ends_at > now, Meeting.cancelled_at.is_(None))


def coming_of(circle: str, now: datetime) -> Sequence[Meeting]:
    """Return the meetings of a circle that are still to come, the soonest first."""
    found = select(Meeting).where(_to_come(now), Meeting.circle == circle)
    return db.session.scalars(
        found.options(joinedload(Meeting.host_school)).order_by(Meeting.starts_at, Meeting.id)
    ).all()


class Unanswered(NamedTuple):
    """A coming meeting that somebody has not answered."""

    public_id: str
    title: str
    starts_at: datetime
    ends_at: datetime


def unanswered(person_id: int, *, now: datetime) -> list[Unanswered]:
    """Return the coming meetings that a person has not answered, the soonest first."""
    return [Unanswered(*row) for row in rows(_unanswered(), person_id=person_id, now=now)]


@cache
def _unanswered() -> Select[*tuple[Any, ...]]:
    # Built once, because every home page runs it.
    person = bindparam("person_id", type_=Integer)
    said = exists().where(MeetingAnswer.meeting_id == Meeting.id, MeetingAnswer.person_id == person)
    return (
        select(*(getattr(Meeting, name) for name in Unanswered._fields))
        .where(
            Meeting.starts_at > bindparam("now", type_=Meeting.starts_at.type),
            Meeting.cancelled_at.is_(None),
            invited(person),
            ~said,
        )
        .order_by(Meeting.starts_at, Meeting.id)
        .limit(TASKS_MAX)
    )


def in_calendar_of(actor: Actor) -> feeds.Select:
    """Select what is in somebody's calendar: meetings they are invited to, or all for the lead.

    Cancelled meetings stay for as long as cancelled events do.
    """
    said = (
        select(MeetingAnswer.answer)
        .where(MeetingAnswer.meeting_id == Meeting.id, MeetingAnswer.person_id == actor.person_id)
        .scalar_subquery()
    )
    return feeds.rows(
        Meeting.id, changed_at=Meeting.modified_at, version=func.coalesce(said, "")
    ).where(
        or_(Meeting.cancelled_at.is_(None), Meeting.cancelled_at > feeds.SINCE),
        true() if permissions.may(actor, Action.RUN_NETWORK) else invited(actor.person_id),
    )


def with_ids(ids: Sequence[int]) -> list[Meeting]:
    """Return these meetings with what their entries need, the soonest first."""
    statement = (
        select(Meeting)
        .where(Meeting.id.in_(ids))
        .options(joinedload(Meeting.host_school), selectinload(Meeting.roles))
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return list(db.session.scalars(statement))


def called_since(actor: Actor, since: datetime, *, now: datetime) -> list[Meeting]:
    """Return the coming meetings called since then that somebody may read, newest first."""
    statement = (
        select(Meeting)
        .where(
            seen_by(actor),
            Meeting.called_at > since,
            Meeting.ends_at > now,
            Meeting.cancelled_at.is_(None),
        )
        .order_by(Meeting.called_at.desc(), Meeting.id)
        .limit(SHOWN_MAX)
    )
    return list(db.session.scalars(statement))


def titled(actor: Actor, text: str) -> list[Meeting]:
    """Return the meetings that somebody may read with `text` in their title, newest first."""
    statement = (
        select(Meeting)
        .where(seen_by(actor), Meeting.title.icontains(text, autoescape=True))
        .order_by(Meeting.starts_at.desc(), Meeting.id)
        .limit(SHOWN_MAX)
    )
    return list(db.session.scalars(statement))
