"""Reads of everything held about one person: whose rows, the rows, and what they refer to."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from typing import Any

from sqlalchemy import String, Table, and_, cast, func, or_, select

from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.foundation import holdings
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import Model, db
from booking.foundation.holdings import Concerned, Part
from booking.on_the_day.glass.models import GlassOpening
from booking.people.pupils.models import Parent, Pupil
from booking.people.schools.models import School
from booking.rights.subjects.details import DataSubject

#: What a row is called by, the best first.
_NAMES = ("title", "subject", "name", "label", "starts_at", "kind")
#: The newest acts that a copy tells of an adult who works here.
ACTS_MAX = 5000


def parts() -> list[Part]:
    """Return every feature's parts."""
    return list(chain.from_iterable(holdings.parts()))


def rows_of(part: Part, subject: Concerned) -> Sequence[Any]:
    """Return the rows of a part that are about somebody, oldest first."""
    table = part.table
    found = select(table).where(part.rows_about(subject)).order_by(*table.primary_key.columns)
    return db.session.execute(found).all()


def named(table: Table, ids: Collection[Any], subject: Concerned) -> Mapping[Any, str]:
    """Return what rows of a table are called; those of other families have no name here."""
    if table.name == "bookings":
        return _by_event(ids)
    if table.name == "pupils":
        ours = select(Pupil.id, Pupil.forename, Pupil.surname).where(_own_child(subject))
        return {id_: f"{first} {last}" for id_, first, last in db.session.execute(ours)}
    if table.name == "parents":
        ids = set(ids) & set(subject.parents)
    column = next((table.c[each] for each in _NAMES if each in table.c), None)
    if column is None or not ids or len(table.primary_key) > 1:
        return {}
    [key] = table.primary_key.columns
    found = db.session.execute(select(key, column).where(key.in_(ids)))
    return {row_id: name for row_id, name in found}


def _own_child(subject: Concerned) -> Any:
    return or_(Pupil.id.in_(subject.pupils), Pupil.parents.any(Parent.id.in_(subject.parents)))


def _by_event(ids: Collection[int]) -> Mapping[int, str]:
    titles = select(Booking.id, Event.title).join(Event, Event.id == Booking.event_id)
    found = db.session.execute(titles.where(Booking.id.in_(ids)))
    return {row_id: title for row_id, title in found}


def other_names(subject: Concerned) -> set[str]:
    """Return the names of other children at the same events, whole and in parts."""
    events = select(Booking.event_id).where(Booking.id.in_(subject.bookings))
    found = db.session.execute(
        select(Pupil.forename, Pupil.surname)
        .join(Booking, Booking.pupil_id == Pupil.id)
        .where(Booking.event_id.in_(events), Pupil.id.not_in(subject.pupils))
    )
    own = _own_names(subject)
    names = {each for first, last in found for each in (f"{first} {last}", first, last)}
    return {each for each in names if len(each) > 1 and each.casefold() not in own}


def _own_names(subject: Concerned) -> set[str]:
    pupils = select(Pupil.forename, Pupil.surname).where(Pupil.id.in_(subject.pupils))
    parents = select(Parent.name).where(Parent.id.in_(subject.parents))
    whole = [f"{first} {last}" for first, last in db.session.execute(pupils)]
    whole += list(db.session.scalars(parents))
    return {each.casefold() for name in whole for each in (name, *name.split())}


def acts_on(keys: Iterable[tuple[str, str]]) -> list[AuditEntry]:
    """Return what the trail has about rows, by their tables and ids, oldest first."""
    by_table: dict[str, set[str]] = {}
    for table, key in keys:
        by_table.setdefault(table, set()).add(key)
    about = [
        and_(AuditEntry.subject_type == table, AuditEntry.subject_id.in_(ids))
        for table, ids in by_table.items()
    ]
    if not about:
        return []
    return list(db.session.scalars(select(AuditEntry).where(or_(*about)).order_by(AuditEntry.id)))


def readings_of(person: DataSubject) -> list[AuditEntry]:
    """Return who read lists and health notes of a pupil's events: host and own school."""
    actions = list(chain.from_iterable(holdings.readings()))
    ours = (
        select(Event.id, Event.host_school_id)
        .join(Booking, Booking.event_id == Event.id)
        .where(Booking.id.in_(person.subject.bookings))
    )
    found = db.session.execute(ours).all()
    schools = {person.school_id, *(host for _, host in found)}
    events = [str(id_) for id_, _ in found]
    openings = select(cast(GlassOpening.id, String)).where(
        GlassOpening.event_id.in_([id_ for id_, _ in found]),
        GlassOpening.school_id == person.school_id,
    )
    of_event = and_(AuditEntry.subject_type == "events", AuditEntry.subject_id.in_(events))
    of_opening = and_(
        AuditEntry.subject_type == GlassOpening.__tablename__, AuditEntry.subject_id.in_(openings)
    )
    statement = (
        select(AuditEntry)
        .where(
            or_(and_(of_event, AuditEntry.action.in_(actions)), of_opening),
            AuditEntry.school_id.in_(schools),
        )
        .order_by(AuditEntry.id)
    )
    return list(db.session.scalars(statement))


def marks_of(person_id: int, told: Collection[Table]) -> list[tuple[str, str, int]]:
    """Return where else a person's name stands: table, column and how many rows."""
    found = []
    for table in Model.metadata.sorted_tables:
        if table in told:
            continue
        for column in holdings.references(table, "people"):
            count = db.session.scalar(
                select(func.count()).select_from(table).where(column == person_id)
            )
            if count:
                found.append((table.name, column.name, count))
    return found


def school_of(person: DataSubject) -> School | None:
    """Return the school that answers for somebody."""
    return db.session.get(School, person.school_id) if person.school_id else None
