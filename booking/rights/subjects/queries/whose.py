"""Reads of whom a copy is about, and by which addresses the rows are found."""

from collections.abc import Collection, Sequence

from sqlalchemy import exists, or_, select

from booking.days.places.models import Booking
from booking.foundation import contacts
from booking.foundation.db import db
from booking.foundation.holdings import Concerned
from booking.on_the_day.rosters.models import AccompanyingAdult
from booking.people.pupils.models import Parent, Pupil
from booking.people.schools.models import Person
from booking.rights.subjects.details import DataSubject


def of_pupil(pupil: Pupil, asker: Parent | None = None) -> DataSubject:
    """Return a pupil with the family; for one parent who asks, without what is another parent's."""
    parents = [asker] if asker is not None else list(pupil.parents)
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
        school_id=pupil.school_id,
        shared=_shared(parents),
    )
    return DataSubject("pupil", pupil.name, subject, pupil, pupil.school_id)


def of_parent(parent: Parent) -> DataSubject:
    """Return one parent, who has no account."""
    addresses = (parent.email,) if parent.email else ()
    phones = (parent.phone,) if parent.phone else ()
    subject = Concerned(
        parents=(parent.id,),
        addresses=addresses,
        phones=phones,
        school_id=parent.school_id,
        shared=_shared([parent]),
    )
    return DataSubject("parent", parent.name or parent.email, subject, parent, parent.school_id)


def of_person(person: Person, *, oneself: bool = False) -> DataSubject:
    """Return somebody with an account; what they were sent as a parent is for them alone."""
    phones = (person.mobile,) if person.mobile else ()
    subject = Concerned(
        people=(person.id,),
        addresses=(person.email,),
        phones=phones,
        shared=() if oneself else _of_parents([person.email]),
    )
    return DataSubject("adult", person.name, subject, person)


def of_adult(adult: AccompanyingAdult) -> DataSubject:
    """Return an adult without an account who came along with a school's pupils."""
    addresses = (adult.email,) if adult.email else ()
    subject = Concerned(
        addresses=addresses,
        phones=(adult.mobile,),
        school_id=adult.school_id,
        shared=_elsewhere(addresses, adult.school_id) + _of_parents(addresses),
    )
    return DataSubject("adult", adult.name, subject, adult, adult.school_id)


def _shared(parents: Sequence[Parent]) -> tuple[str, ...]:
    """Return which of some parents' addresses somebody else has too, here or elsewhere."""
    found = []
    for parent in parents:
        others = exists().where(Parent.email == parent.email, Parent.id != parent.id)
        if parent.email and (
            db.session.scalar(select(others))
            or _elsewhere((parent.email,), parent.school_id)
            or db.session.scalar(select(exists().where(Person.email == parent.email)))
        ):
            found.append(parent.email)
    return tuple(found)


def _elsewhere(addresses: Collection[str], school_id: int) -> tuple[str, ...]:
    """Return which addresses belong to somebody who comes along with another school's pupils."""
    found = select(AccompanyingAdult.email).where(
        AccompanyingAdult.email.in_(addresses), AccompanyingAdult.school_id != school_id
    )
    return tuple(db.session.scalars(found.distinct()))


def _of_parents(addresses: Collection[str]) -> tuple[str, ...]:
    return tuple(
        db.session.scalars(select(Parent.email).where(Parent.email.in_(addresses)).distinct())
    )


def ways_to_others(person: DataSubject) -> set[str]:
    """Return the addresses and numbers of a pupil's parents who are not among those who ask."""
    parents = person.row.parents if isinstance(person.row, Pupil) else ()
    others = [parent for parent in parents if parent.id not in person.subject.parents]
    own = {*person.subject.addresses, *person.subject.phones}
    return {way for one in others for way in (one.email, one.phone) if way} - own


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
