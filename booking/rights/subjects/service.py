"""Writes about one person: a copy that was taken, an erasure. The trail never has the content."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import delete

from booking.days.places import service as places
from booking.domain.permissions import Actor
from booking.foundation.audit import erasures
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.foundation.notifications.models import Message, MessageState
from booking.on_the_day.rosters.models import AccompanyingAdult
from booking.people.pupils import announcements as pupil_announcements
from booking.people.pupils import service as pupils
from booking.people.pupils.models import Parent, Pupil
from booking.people.schools import service as schools
from booking.people.schools.models import Person, School
from booking.rights.subjects import locks, mail, queries
from booking.rights.subjects.details import DataSubject
from booking.rights.subjects.refusals import (
    AlreadyErased,
    EventBegun,
    HandBackFirst,
    IncidentIsOpen,
    KeptForClaim,
    MoneyOnItsWay,
    NotErased,
    RolesFirst,
    StillTravels,
)

__all__ = [
    "AlreadyErased",
    "EventBegun",
    "HandBackFirst",
    "IncidentIsOpen",
    "KeptForClaim",
    "MoneyOnItsWay",
    "NotErased",
    "RolesFirst",
    "StillTravels",
    "erase_adult",
    "erase_oneself",
    "erase_parent",
    "erase_person",
    "erase_pupil",
    "erase_typed",
    "note_asked",
    "note_copy",
]


def note_asked(*, actor: Actor, now: datetime, person: DataSubject) -> None:
    """Record that somebody asked for everything held about a person, and may fetch it now."""
    audit.record(
        actor=actor,
        action="ask_for_everything",
        subject=person.row,
        school_id=person.school_id,
        now=now,
    )


def note_copy(*, actor: Actor, now: datetime, person: DataSubject, file_format: str) -> None:
    """Record that somebody took a copy of everything held about a person."""
    audit.record(
        actor=actor,
        action="copy_everything",
        subject=person.row,
        school_id=person.school_id,
        now=now,
        format=file_format,
    )


def erase_pupil(*, actor: Actor, now: datetime, pupil: Pupil) -> places.Forgotten:
    """Erase a pupil, and the parents who have no other child here. Coming places go back first.

    Counts, money and the trail stay. Raises NotErased.
    """
    pupil = locks.pupil(pupil)
    reasons = queries.in_the_way(pupil, now)
    if reasons:
        raise reasons[0]
    of_bookings = queries.mail_about(pupil)
    mail.tell_hosts(queries.coming(pupil, now), now=now)
    if pupil.left_at is None:
        pupils.remove_pupil(actor=actor, now=now, pupil=pupil)
    done = places.forget_pupil(actor=actor, now=now, pupil=pupil)
    db.session.execute(
        delete(Message).where(Message.about.in_(of_bookings), Message.state != MessageState.SENDING)
    )
    return done


def erase_person(*, actor: Actor, now: datetime, person: Person) -> None:
    """Erase whoever an account is of: it stays without a name. Raises NotErased, LastLead."""
    schools.forget_person(actor=actor, now=now, person=locks.person(person))


def erase_oneself(*, actor: Actor, now: datetime, person: Person) -> None:
    """Erase one's own account, once nothing is left to do with it. Raises NotErased."""
    person = locks.person(person)
    if queries.has_role(person.id):
        raise RolesFirst
    schools.forget_person(actor=actor, now=now, person=person)


def erase_parent(*, actor: Actor, now: datetime, parent: Parent) -> None:
    """Erase one parent; the children, their places and their other parents stay.

    Raises NotErased.
    """
    parent = locks.parent(parent)
    if reasons := queries.money_of(parent):
        raise reasons[0]
    for child in list(parent.pupils):
        child.parents.remove(parent)
        pupil_announcements.parents_changed(child, gone=[parent], come=[], actor=actor, now=now)
    db.session.flush()
    places.forget_parent(actor=actor, now=now, parent=parent)


def erase_adult(*, actor: Actor, now: datetime, adult: AccompanyingAdult) -> int:
    """Erase an adult who came along with a school; return at how many events. Raises NotErased."""
    adult = locks.adult(adult)
    if reasons := queries.still_travels(adult, now):
        raise reasons[0]
    rows = queries.rows_of_adult(adult)
    for row in rows:
        audit.record(
            actor=actor, action="forget_adult", subject=row, school_id=row.school_id, now=now
        )
        erasures.add(kind=row.__tablename__, public_id=row.public_id, now=now)
        db.session.delete(row)
    alone = set(queries.of_adult(adult).subject.addresses) - set(
        queries.of_adult(adult).subject.shared
    )
    db.session.execute(
        delete(Message).where(Message.recipient.in_(alone), Message.state != MessageState.SENDING)
    )
    return len(rows)


def erase_typed(
    *, actor: Actor, now: datetime, school: School, name: str, keys: Collection[str]
) -> int:
    """Erase names that a person has recognised as somebody's; return how many. Raises NotErased."""
    found = [one for one in queries.typed(school.id, name) if one.key in keys]
    if not found:
        raise AlreadyErased
    for one in found:
        audit.record(
            actor=actor, action="forget_typed", subject=one.row, school_id=school.id, now=now
        )
        if one.row.public_id is not None:
            erasures.add(kind=one.row.__tablename__, public_id=one.row.public_id, now=now)
        db.session.delete(one.row)
    return len(found)
