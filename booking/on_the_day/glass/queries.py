"""Reads about who opened which schools' pupils."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import joinedload

from booking.days.places.models import Booking
from booking.domain.permissions import Actor, Role
from booking.foundation.db import db
from booking.on_the_day.glass.models import GlassOpening
from booking.people.schools.models import School

#: How long the pupils stay open to whoever opened them.
OPEN_FOR = timedelta(minutes=15)
#: So long it is on the home page of the pupils' school.
NEWS_FOR = timedelta(days=7)
NEWS_MAX = 20


def schools_behind(event_id: int, actor: Actor) -> list[School]:
    """Return the schools with pupils at an event of which the actor is no coordinator, by name."""
    at_event = exists().where(Booking.event_id == event_id, Booking.school_id == School.id)
    own = actor.school_ids(Role.COORDINATOR)
    found = select(School).where(at_event, School.id.not_in(own)).order_by(School.name)
    return list(db.session.scalars(found))


def open_since(event_id: int, person_id: int | None, *, now: datetime) -> datetime | None:
    """Return when somebody opened the pupils at an event, if they may still see them."""
    return db.session.scalar(
        select(GlassOpening.opened_at)
        .where(
            GlassOpening.event_id == event_id,
            GlassOpening.person_id == person_id,
            GlassOpening.opened_at > now - OPEN_FOR,
        )
        .order_by(GlassOpening.opened_at.desc())
        .limit(1)
    )


def is_open(event_id: int, actor: Actor, *, now: datetime) -> bool:
    """Return whether nothing stands between the actor and the pupils at an event."""
    if open_since(event_id, actor.person_id, now=now) is not None:
        return True
    return not schools_behind(event_id, actor)


def news_of(school_id: int, *, now: datetime) -> Sequence[GlassOpening]:
    """Return who opened a school's pupils lately, newest first."""
    return db.session.scalars(
        _shown()
        .where(GlassOpening.school_id == school_id, GlassOpening.opened_at > now - NEWS_FOR)
        .order_by(GlassOpening.opened_at.desc(), GlassOpening.id.desc())
        .limit(NEWS_MAX)
    ).all()


def by_public_id(public_id: str) -> GlassOpening | None:
    """Return one opening."""
    return db.session.scalar(_shown().where(GlassOpening.public_id == public_id))


def _shown() -> Select[GlassOpening]:
    return select(GlassOpening).options(
        joinedload(GlassOpening.event), joinedload(GlassOpening.person)
    )
