"""Reminders before wishes close, once, to schools that have not marked theirs as complete."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, String, cast, exists, literal, select

from booking.days.events.models import Event
from booking.days.seasons.models import PlannedEvent, PlannedSchool, PlanState, SeasonPlan
from booking.days.seasons.service import mail
from booking.domain import terms
from booking.domain.permissions import Role
from booking.foundation.db import db
from booking.foundation.notifications.models import Message
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person, RoleGrant, School

#: Schools are reminded this many school days before wishes close.
REMIND_SCHOOL_DAYS = 2
#: How many mails are queued in one transaction.
MAILS_PER_SWEEP = 100


def remind_of_wishes(now: datetime) -> int:
    """Remind coordinators, once each, of schools that could send pupils and have not finished."""
    near = terms.add_school_days(
        school_queries.calendar(None), now, REMIND_SCHOOL_DAYS, at=terms.london(now).time()
    )
    due = (
        SeasonPlan.state == PlanState.OPEN,
        SeasonPlan.wishes_close_at > now,
        SeasonPlan.wishes_close_at <= near,
    )
    found = db.session.execute(_unreminded().where(*due).limit(MAILS_PER_SWEEP)).all()
    for plan, person, school in found:
        mail.remind(plan, school, person.id, person.email, person.name, now=now)
    return len(found)


def _unreminded() -> Select[SeasonPlan, Person, School]:
    """Select coordinators of schools that have not finished their wishes, who were not told."""
    key: ColumnElement[str] = literal("wishes_closing")
    for part in (SeasonPlan.id, School.id, Person.id):
        key = key + ":" + cast(part, String)
    finished = exists().where(
        PlannedSchool.plan_id == SeasonPlan.id,
        PlannedSchool.school_id == School.id,
        PlannedSchool.finished_at.is_not(None),
    )
    could_come = exists().where(
        PlannedEvent.plan_id == SeasonPlan.id,
        PlannedEvent.released_at.is_(None),
        Event.id == PlannedEvent.event_id,
        Event.low_year <= School.high_year,
        Event.high_year >= School.low_year,
    )
    return (
        select(SeasonPlan, Person, School)
        .select_from(RoleGrant)
        .join(Person, Person.id == RoleGrant.person_id)
        .join(School, School.id == RoleGrant.school_id)
        .join(SeasonPlan, could_come)
        .where(
            RoleGrant.role == Role.COORDINATOR,
            Person.disabled_at.is_(None),
            School.left_on.is_(None),
            ~finished,
            ~exists().where(Message.key == key),
        )
        .order_by(SeasonPlan.id, School.id, Person.id)
    )
