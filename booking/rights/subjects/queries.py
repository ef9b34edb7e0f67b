"""Reads of everything held about one person: whose rows, the rows, and what they refer to."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from itertools import chain
from typing import Any

from sqlalchemy import Select, Table, and_, func, or_, select

from booking.days.events import states as event_states
from booking.days.events.models import Event
from booking.days.places import ports as place_ports
from booking.days.places.models import Booking
from booking.domain.booking_states import LIVE
from booking.domain.payment_states import HELD, PaymentState, RefundState
from booking.foundation import contacts, holdings
from booking.foundation.audit.models import AuditEntry
from booking.foundation.db import Model, db
from booking.foundation.holdings import Concerned, Part
from booking.money.checkout.queries import refunds
from booking.money.payments.models import Dispute, Method, Payment, PaymentLine, Refund
from booking.on_the_day.rosters.models import AccompanyingAdult
from booking.people.pupils.models import Parent, Pupil
from booking.people.schools.models import Person, School
from booking.rights.subjects.details import DataSubject
from booking.rights.subjects.refusals import (
    EventBegun,
    HandBackFirst,
    IncidentIsOpen,
    MoneyOnItsWay,
    NotErased,
)

#: What a row is called by, the best first.
_NAMES = ("title", "subject", "name", "label", "starts_at", "kind")
_OPEN_PAYMENTS = (PaymentState.OPENED, PaymentState.TO_EXPLAIN)
_OPEN_REFUNDS = (RefundState.REQUESTED, RefundState.PENDING)
#: The newest acts that a copy tells of an adult who works here.
ACTS_MAX = 5000


def of_pupil(pupil: Pupil) -> DataSubject:
    """Return a pupil with the family."""
    parents = list(pupil.parents)
    subject = Concerned(
        pupils=(pupil.id,),
        bookings=tuple(
            db.session.scalars(
                select(Booking.id).where(Booking.pupil_id == pupil.id).order_by(Booking.id)
            )
        ),
        parents=tuple(parent.id for parent in parents),
        addresses=tuple(parent.email for parent in parents if parent.email),
        phones=tuple(parent.phone for parent in parents if parent.phone),
    )
    return DataSubject("pupil", pupil.name, subject, pupil, pupil.school_id)


def of_parent(parent: Parent) -> DataSubject:
    """Return one parent, who has no account."""
    addresses = (parent.email,) if parent.email else ()
    phones = (parent.phone,) if parent.phone else ()
    subject = Concerned(parents=(parent.id,), addresses=addresses, phones=phones)
    return DataSubject("parent", parent.name or parent.email, subject, parent, parent.school_id)


def of_person(person: Person) -> DataSubject:
    """Return somebody with an account."""
    phones = (person.mobile,) if person.mobile else ()
    subject = Concerned(people=(person.id,), addresses=(person.email,), phones=phones)
    return DataSubject("adult", person.name, subject, person)


def of_adult(adult: AccompanyingAdult) -> DataSubject:
    """Return an adult without an account who came along with a school's pupils."""
    addresses = (adult.email,) if adult.email else ()
    subject = Concerned(addresses=addresses, phones=(adult.mobile,))
    return DataSubject("adult", adult.name, subject, adult, adult.school_id)


def at_address(school_id: int, given: str) -> list[Parent | AccompanyingAdult]:
    """Return a school's own parents and accompanying adult with this address or number."""
    address = _as_kept(given)
    parents = select(Parent).where(
        Parent.school_id == school_id, or_(Parent.email == address, Parent.phone == address)
    )
    adults = (
        select(AccompanyingAdult)
        .where(
            AccompanyingAdult.school_id == school_id,
            or_(AccompanyingAdult.email == address, AccompanyingAdult.mobile == address),
        )
        .order_by(AccompanyingAdult.id.desc())
        .limit(1)
    )
    return [*db.session.scalars(parents), *db.session.scalars(adults)]


def _as_kept(given: str) -> str:
    """Return an address or a number as rows have it; what is neither finds nothing."""
    if "@" in given:
        return given.strip().lower()
    try:
        return contacts.e164(given) or given
    except contacts.NotAPhone:
        return given


def in_the_way(pupil: Pupil, now: datetime) -> list[NotErased]:
    """Return why a pupil cannot be erased now; empty if nothing is in the way."""
    bookings = select(Booking.id).where(Booking.pupil_id == pupil.id)
    reasons: list[NotErased] = [
        EventBegun(booking.event.title)
        for booking in db.session.scalars(
            select(Booking).where(Booking.pupil_id == pupil.id, Booking.state.in_(LIVE))
        )
        if not event_states.is_live(booking.event, now)
        and not event_states.is_over(booking.event, now)
    ]
    if db.session.scalar(select(Booking.id).where(Booking.id.in_(bookings), place_ports.held())):
        reasons.append(IncidentIsOpen())
    lines = select(PaymentLine.payment_id).where(PaymentLine.booking_id.in_(bookings))
    waiting = (
        select(Payment.id).where(Payment.id.in_(lines), Payment.state.in_(_OPEN_PAYMENTS)),
        select(Refund.id).where(Refund.payment_id.in_(lines), Refund.state.in_(_OPEN_REFUNDS)),
        select(Dispute.id).where(Dispute.payment_id.in_(lines), Dispute.closed_at.is_(None)),
    )
    failed = refunds.failed_refunds().where(Refund.payment_id.in_(lines)).limit(1)
    if any(db.session.scalar(one.limit(1)) is not None for one in (*waiting, failed)):
        reasons.append(MoneyOnItsWay())
    if db.session.scalar(_handed_in(pupil, now)) is not None:
        reasons.append(HandBackFirst())
    return reasons


def _handed_in(pupil: Pupil, now: datetime) -> Select[int]:
    """Select money for a coming place that only a person can hand back: no card takes it."""
    coming_places = [booking.id for booking in coming(pupil, now)]
    return (
        select(PaymentLine.id)
        .join(Payment, Payment.id == PaymentLine.payment_id)
        .where(
            PaymentLine.booking_id.in_(coming_places),
            PaymentLine.refunded_pence < PaymentLine.amount_pence,
            Payment.method != Method.CARD,
            Payment.state.in_(HELD),
        )
        .limit(1)
    )


def mail_about(pupil: Pupil) -> list[str]:
    """Return what mail about a pupil's places says it is about."""
    found = select(Booking.id).where(Booking.pupil_id == pupil.id)
    return [f"booking:{booking_id}" for booking_id in db.session.scalars(found)]


def coming(pupil: Pupil, now: datetime) -> list[Booking]:
    """Return the places, and the waits for one, that end when a pupil is erased."""
    found = db.session.scalars(
        select(Booking).where(Booking.pupil_id == pupil.id, Booking.state.in_(LIVE))
    )
    return [booking for booking in found if event_states.is_live(booking.event, now)]


def other_children(pupil: Pupil) -> list[str]:
    """Return the pupil's brothers and sisters here, whose parents stay."""
    theirs = [child for parent in pupil.parents for child in parent.pupils if child is not pupil]
    return list(dict.fromkeys(child.name for child in theirs))


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
    statement = (
        select(AuditEntry)
        .where(
            AuditEntry.action.in_(actions),
            AuditEntry.subject_type == "events",
            AuditEntry.subject_id.in_(events),
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
