"""Reminders before requests close, once, to schools that have not asked."""

from datetime import datetime

from sqlalchemy import ColumnElement, Select, String, cast, exists, literal, select

from booking.days.events import locks as event_locks
from booking.days.events import mail as event_mail
from booking.days.events import words as event_words
from booking.days.events.models import Event, Sharing
from booking.days.places import ports
from booking.days.places.models import PlaceRequest
from booking.domain import terms
from booking.domain.permissions import Role
from booking.foundation.db import db
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.models import Message
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person, RoleGrant, School

#: Schools that have not asked are reminded this many school days before requests close.
REMIND_SCHOOL_DAYS = 2
#: How many mails are queued for one event in one transaction.
MAILS_PER_EVENT = 100


def remind_schools(now: datetime) -> int:
    """Remind coordinators of schools with an event's years that have not asked for places.

    Each gets one mail for each school, from two school days before requests close. They are the
    network's school days, so that all schools are told at the same time.
    """
    near = terms.add_school_days(
        school_queries.calendar(None), now, REMIND_SCHOOL_DAYS, at=terms.london(now).time()
    )
    count = 0
    for event in event_locks.due(
        Event.sharing == Sharing.FAIR_ROUND,
        Event.requests_close_at > now,
        Event.requests_close_at <= near,
        ~ports.planned(),
        _unreminded().correlate(Event).exists(),
    ):
        statement = _unreminded().where(Event.id == event.id).limit(MAILS_PER_EVENT)
        for person, school in db.session.execute(statement).all():
            _remind(event, person, school, now=now)
            count += 1
    return count


def _unreminded() -> Select[Person, School]:
    """Select coordinators of schools with an event's years who have not asked and were not told."""
    key: ColumnElement[str] = literal("requests_closing")
    for part in (Event.id, School.id, Person.id):
        key = key + ":" + cast(part, String)
    asked = exists().where(PlaceRequest.event_id == Event.id, PlaceRequest.school_id == School.id)
    return (
        select(Person, School)
        .select_from(RoleGrant)
        .join(Person, Person.id == RoleGrant.person_id)
        .join(School, School.id == RoleGrant.school_id)
        .where(
            RoleGrant.role == Role.COORDINATOR,
            Person.disabled_at.is_(None),
            School.left_on.is_(None),
            school_queries.has_years(Event.low_year, Event.high_year),
            ~asked,
            ~exists().where(Message.key == key),
        )
        .order_by(School.id, Person.id)
    )


def _remind(event: Event, person: Person, school: School, *, now: datetime) -> None:
    notifications.queue(
        key=f"requests_closing:{event.id}:{school.id}:{person.id}",
        to=person.email,
        template="requests_closing",
        now=now,
        about=event_mail.about(event),
        keep_until=event.requests_close_at,
        reply_to=event_mail.answers_to(event),
        name=person.name,
        school_name=school.name,
        event=event,
        when_texts=event_words.dates(event),
        action_url=absolute_url(addresses.SCHOOL_EVENT(slug=event.slug)),
        action_label="Ask for places",
    )
