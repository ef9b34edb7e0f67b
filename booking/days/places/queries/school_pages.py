"""What a school's page about one event needs: dates, answers, and pupils to choose from."""

from datetime import datetime
from typing import Protocol

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import selectinload

from booking.days.events.models import Event, Sharing
from booking.days.places import ports
from booking.days.places.models import Booking
from booking.domain.booking_states import LIVE
from booking.foundation import holdings
from booking.foundation.db import db
from booking.people.pupils import queries as pupil_queries
from booking.people.pupils.models import Pupil


class NamingDates(Protocol):
    """What decides until when places can be filled: an event has it, and so has a row of one."""

    @property
    def sharing(self) -> Sharing: ...
    @property
    def release_at(self) -> datetime | None: ...
    @property
    def naming_close_at(self) -> datetime | None: ...


def name_by(event: NamingDates, came_late: datetime | None, *, now: datetime) -> datetime | None:
    """Return when a school's places without a name go back.

    That is on the release date of quotas, otherwise on the naming date; a place that came late has
    a date of its own (`came_late` is the first of these).
    """
    quota = event.release_at if event.sharing is Sharing.SET_QUOTAS else None
    coming = [at for at in (quota, event.naming_close_at, came_late) if at and at > now]
    return min(coming, default=event.naming_close_at)


def answered(booking_ids: list[int]) -> set[int]:
    """Return which of these bookings' parents have answered."""
    statement = select(Booking.id).where(Booking.id.in_(booking_ids), ports.answered())
    return set(db.session.scalars(statement)) if booking_ids else set()


def asked_again(booking_ids: list[int]) -> set[int]:
    """Return about which of these bookings parents are asked again and have not answered."""
    statement = select(Booking.id).where(Booking.id.in_(booking_ids), ports.asked_again())
    return set(db.session.scalars(statement)) if booking_ids else set()


def choosable(
    event: Event, school_id: int, *, text: str = "", year: int | None = None
) -> Select[Pupil]:
    """Select the pupils a school could name for an event: right years, not named, unrestricted."""
    low, high = event.low_year, event.high_year
    if year is not None and low <= year <= high:
        low = high = year
    live = exists().where(
        Booking.pupil_id == Pupil.id, Booking.event_id == event.id, Booking.state.in_(LIVE)
    )
    free = (~live, ~holdings.restricted(Pupil))
    return pupil_queries.current(school_id, low, high, text).where(*free)


def pupils_by_public_id(school_id: int, public_ids: list[str]) -> list[Pupil]:
    """Return pupils of a school in the order in which they were chosen."""
    found = {
        pupil.public_id: pupil
        for pupil in db.session.scalars(
            select(Pupil)
            .where(Pupil.school_id == school_id, Pupil.public_id.in_(public_ids))
            .options(selectinload(Pupil.parents))
        )
    }
    return [found[public_id] for public_id in public_ids if public_id in found]
