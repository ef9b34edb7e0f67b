"""Reads of the register, one for each page."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    distinct,
    exists,
    false,
    func,
    inspect,
    or_,
    select,
)

from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.domain.data_rights import AskedState, RestrictionGround
from booking.foundation import clock, holdings
from booking.foundation.db import db
from booking.foundation.notifications import queries as notification_queries
from booking.foundation.notifications.queries import Fate
from booking.on_the_day.rosters.models import AccompanyingAdult
from booking.people.pupils.models import Pupil
from booking.people.schools.models import School
from booking.rights.data_requests.details import Asked
from booking.rights.data_requests.models import DataRequest

#: For so long a host may still have a list on paper.
LISTS_KEPT = timedelta(days=14)


def by_public_id(public_id: str) -> DataRequest | None:
    """Return a request."""
    return db.session.scalar(select(DataRequest).where(DataRequest.public_id == public_id))


def of_school(school_id: int | None) -> Select[Any]:
    """Select what was asked of a school, or of the network: the open first, as they are due."""
    return (
        select(DataRequest)
        .where(_of(school_id))
        .order_by(DataRequest.answered_at.is_not(None), DataRequest.due_on, DataRequest.id)
    )


def open_ones(school_id: int | None) -> Sequence[DataRequest]:
    """Return what a school, or the network, has to answer, the most urgent first."""
    is_open = DataRequest.state == AskedState.OPEN
    return db.session.scalars(of_school(school_id).where(is_open)).all()


def _of(school_id: int | None) -> ColumnElement[bool]:
    if school_id is None:
        return DataRequest.school_id.is_(None)
    return DataRequest.school_id == school_id


def of_parent(parent_id: int) -> Sequence[DataRequest]:
    """Return what one parent asked, newest first; never what another parent did."""
    return _newest_first(DataRequest.parent_id == parent_id)


def of_person(person_id: int) -> Sequence[DataRequest]:
    """Return what somebody with an account asked, newest first."""
    return _newest_first(DataRequest.person_id == person_id)


def _newest_first(condition: ColumnElement[bool]) -> Sequence[DataRequest]:
    found = select(DataRequest).where(condition).order_by(DataRequest.id.desc())
    return db.session.scalars(found).all()


def asked_before(asked: Asked) -> DataRequest | None:
    """Return what the same person asked for in the same words, and has no answer to yet."""
    if asked.parent is not None:
        whose = DataRequest.parent_id == asked.parent.id
    elif asked.person is not None:
        whose = DataRequest.person_id == asked.person.id
    else:
        return None
    found = db.session.scalars(
        select(DataRequest).where(
            whose,
            DataRequest.state == AskedState.OPEN,
            DataRequest.asked_right == asked.right,
            DataRequest.pupil_id.is_not_distinct_from(asked.pupil.id if asked.pupil else None),
        )
    )
    return next((one for one in found if one.wanted == asked.wanted), None)


def about_pupil(pupil_id: int) -> Sequence[DataRequest]:
    """Return what a pupil's page says: open requests, and restrictions that are in force."""
    found = select(DataRequest).where(
        DataRequest.pupil_id == pupil_id,
        or_(DataRequest.state == AskedState.OPEN, in_force(clock.now())),
    )
    return db.session.scalars(found.order_by(DataRequest.due_on, DataRequest.id)).all()


def in_force(now: datetime) -> ColumnElement[bool]:
    """Return the condition that a request restricts what is held; about nobody, it restricts none.

    A restriction that has been lifted lasts until whoever asked has had time to say something.
    """
    return and_(
        DataRequest.restricted_at.is_not(None),
        or_(DataRequest.lifted_at.is_(None), DataRequest.lifted_at > now),
        or_(DataRequest.pupil_id.is_not(None), DataRequest.adult_id.is_not(None)),
    )


def restricted(model: type[Any], *, for_claim: bool = False) -> ColumnElement[bool]:
    """Return the condition that whoever a row is about is restricted just now.

    That is a pupil, an adult who comes along, or whom the row's references lead to.
    """
    claimed = [DataRequest.ground == RestrictionGround.CLAIM] if for_claim else []
    holding = (in_force(clock.now()), *claimed)
    for kind, column in (
        (Pupil, DataRequest.pupil_id),
        (AccompanyingAdult, DataRequest.adult_id),
    ):
        if model is kind:
            return exists().where(column == kind.id, *holding)
    pupils = select(DataRequest.pupil_id).where(DataRequest.pupil_id.is_not(None), *holding)
    bookings = select(Booking.id).where(Booking.pupil_id.in_(pupils))
    table = inspect(model).local_table
    found = [(column, pupils) for column in holdings.references(table, "pupils")]
    found += [(column, bookings) for column in holdings.references(table, "bookings")]
    # A row of nobody is about nobody who is restricted, and not about somebody unknown.
    return or_(false(), *(and_(column.is_not(None), column.in_(ids)) for column, ids in found))


def counts_for_claims() -> tuple[int, int]:
    """Return of how many pupils, and of how many adults, everything is kept for a legal claim."""
    pupils = func.count(distinct(DataRequest.pupil_id))
    adults = func.count(distinct(DataRequest.adult_id))
    claimed = DataRequest.ground == RestrictionGround.CLAIM
    found = select(pupils, adults).where(in_force(clock.now()), claimed)
    of_pupils, of_adults = db.session.execute(found).one()
    return of_pupils, of_adults


def where_known(pupil: Pupil, now: datetime) -> Sequence[Booking]:
    """Return the places by which a host has, or may still have, a pupil on a list."""
    found = (
        select(Booking)
        .join(Event, Event.id == Booking.event_id)
        .where(
            Booking.pupil_id == pupil.id,
            Booking.ended_at.is_(None),
            Event.last_ends_at > now - LISTS_KEPT,
            Event.host_school_id != pupil.school_id,
        )
        .order_by(Booking.id)
    )
    return db.session.scalars(found).all()


def mails_about(request: DataRequest) -> Sequence[Fate]:
    """Return what became of the mail to whoever asked, newest first."""
    return notification_queries.about([about(request)])


def about(request: DataRequest) -> str:
    """Return what mail about a request says it is about."""
    return f"data_request:{request.id}"


def late(today: date) -> Sequence[Any]:
    """Return how many requests are late, by school; None stands for the network."""
    return db.session.execute(
        select(School.name, func.count())
        .select_from(DataRequest)
        .join(School, School.id == DataRequest.school_id, isouter=True)
        .where(DataRequest.state == AskedState.OPEN, DataRequest.due_on < today)
        .group_by(School.name)
        .order_by(School.name)
    ).all()
