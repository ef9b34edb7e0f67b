"""Reads of workshops: what there is, who wishes for what, and who is where."""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from sqlalchemy import func, select

from booking.days.events.models import Event
from booking.days.groups.details import HALVES
from booking.days.groups.models import (
    Workshop,
    WorkshopChoice,
    WorkshopSpot,
    WorkshopTime,
    WorkshopWish,
)
from booking.days.places import queries as place_queries
from booking.domain.workshops.choices import Chooser, DayOfWorkshops, Half, OfferedWorkshop
from booking.foundation.db import db

_ORDER = {WorkshopTime.FIRST: 0, WorkshopTime.SECOND: 1, WorkshopTime.WHOLE_DAY: 2}


def workshops(event_id: int) -> list[Workshop]:
    """Return an event's workshops: first part, second part, whole day."""
    found = db.session.scalars(
        select(Workshop).where(Workshop.event_id == event_id).order_by(Workshop.id)
    )
    return sorted(found, key=lambda workshop: (_ORDER[workshop.time], workshop.id))


def by_public_id(public_id: str) -> Workshop | None:
    """Return one workshop."""
    return db.session.scalar(select(Workshop).where(Workshop.public_id == public_id))


def choice(event_id: int) -> WorkshopChoice | None:
    """Return when families choose, and what came of it; None while nobody has said."""
    return db.session.get(WorkshopChoice, event_id)


def wishes_of_event(event_id: int) -> Mapping[int, Mapping[Half, tuple[int, ...]]]:
    """Return what each pupil would like, by booking: workshops by id, best first."""
    rows = db.session.scalars(
        select(WorkshopWish)
        .join(Workshop, Workshop.id == WorkshopWish.workshop_id)
        .where(Workshop.event_id == event_id)
        .order_by(WorkshopWish.rank)
    )
    found: dict[int, dict[Half, tuple[int, ...]]] = defaultdict(dict)
    for wish in rows:
        half = Half(wish.half)
        found[wish.booking_id][half] = (*found[wish.booking_id].get(half, ()), wish.workshop_id)
    return found


def wishes_of(booking_id: int) -> list[WorkshopWish]:
    """Return what one pupil would like, best first."""
    return list(
        db.session.scalars(
            select(WorkshopWish)
            .where(WorkshopWish.booking_id == booking_id)
            .order_by(WorkshopWish.half, WorkshopWish.rank)
        )
    )


def spots(event_id: int) -> list[WorkshopSpot]:
    """Return every taken place at an event's workshops."""
    return list(
        db.session.scalars(
            select(WorkshopSpot)
            .join(WorkshopSpot.workshop)
            .where(Workshop.event_id == event_id)
            .order_by(WorkshopSpot.half, WorkshopSpot.id)
        )
    )


def spots_of(booking_id: int) -> list[WorkshopSpot]:
    """Return where one pupil is, in each part of the day."""
    return list(
        db.session.scalars(
            select(WorkshopSpot)
            .where(WorkshopSpot.booking_id == booking_id)
            .order_by(WorkshopSpot.half)
        )
    )


def titles_by_booking(event_id: int) -> Mapping[int, str]:
    """Return the workshops of everybody at an event in words, in order of the day, by booking."""
    found = each_by_booking(event_id)
    return {booking_id: ", then ".join(titles) for booking_id, titles in found.items()}


def each_by_booking(event_id: int) -> Mapping[int, Sequence[str]]:
    """Return the workshops of everybody at an event one by one, by booking."""
    rows = db.session.execute(
        select(WorkshopSpot.booking_id, Workshop.title, Workshop.room)
        .join(Workshop, Workshop.id == WorkshopSpot.workshop_id)
        .where(Workshop.event_id == event_id)
        .order_by(WorkshopSpot.half)
    )
    found: dict[int, dict[str, None]] = defaultdict(dict)
    for booking_id, title, room in rows:
        found[booking_id][f"{title} ({room})" if room else title] = None
    return {booking_id: tuple(titles) for booking_id, titles in found.items()}


def taken_by_workshop(event_id: int) -> Counter[int]:
    """Return how many places are taken at each workshop of an event."""
    rows = db.session.execute(
        select(WorkshopSpot.workshop_id, func.count(WorkshopSpot.booking_id.distinct()))
        .join(WorkshopSpot.workshop)
        .where(Workshop.event_id == event_id)
        .group_by(WorkshopSpot.workshop_id)
    )
    return Counter({workshop_id: count for workshop_id, count in rows})


def has_wishes(workshop_id: int) -> bool:
    """Return whether anybody has wished for a workshop, or is there."""
    wished = select(WorkshopWish.booking_id).where(WorkshopWish.workshop_id == workshop_id)
    there = select(WorkshopSpot.booking_id).where(WorkshopSpot.workshop_id == workshop_id)
    return db.session.scalar(wished.union(there).limit(1)) is not None


def day_of(event: Event, offered: Sequence[Workshop], seed: str) -> DayOfWorkshops:
    """Return everything that decides who goes where, as it is now."""
    reference = {workshop.id: workshop.public_id for workshop in offered}
    wished = wishes_of_event(event.id)
    return DayOfWorkshops(
        event=event.slug,
        workshops=tuple(
            OfferedWorkshop(workshop.public_id, workshop.places, HALVES[workshop.time])
            for workshop in offered
        ),
        pupils=tuple(
            Chooser(
                booking.public_id,
                {
                    half: tuple(reference[id_] for id_ in ids)
                    for half, ids in wished.get(booking.id, {}).items()
                },
            )
            for booking in place_queries.expected(event.id)
        ),
        seed=seed,
    )
