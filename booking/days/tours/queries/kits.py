"""Reads of kits: where they are, where they have been, and which are late."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from booking.days.tours.models import Kit, KitMove, KitState, StopState, Tour, TourStop
from booking.domain import touring
from booking.foundation.db import db

#: How many hand-overs a kit's page shows, the latest first.
MOVES_SHOWN = 50
#: How many of its coming stops.
STOPS_SHOWN = 3


@dataclass(frozen=True)
class LateKit:
    """A kit that is still at a school after its stop."""

    kit: Kit
    stop: TourStop
    since: datetime
    #: The next stop that waits for it.
    next_stop: TourStop | None


def kits() -> list[Kit]:
    """Return all kits, by name."""
    statement = select(Kit).options(joinedload(Kit.school), joinedload(Kit.holder))
    return list(db.session.scalars(statement.order_by(Kit.name, Kit.id)))


def kit_choices(school_id: int | None) -> list[Kit]:
    """Return the kits that a tour can take along, those of one school first."""
    return sorted(kits(), key=lambda kit: kit.school_id != school_id)


def kit_by_public_id(public_id: str) -> Kit | None:
    """Return a kit with its school and its holder."""
    return db.session.scalars(
        select(Kit)
        .where(Kit.public_id == public_id)
        .options(joinedload(Kit.school), joinedload(Kit.holder))
    ).one_or_none()


def moves_of(kit: Kit) -> list[KitMove]:
    """Return a kit's hand-overs, the latest first."""
    return list(
        db.session.scalars(
            select(KitMove)
            .where(KitMove.kit_id == kit.id)
            .options(
                joinedload(KitMove.school), joinedload(KitMove.stop), joinedload(KitMove.moved_by)
            )
            .order_by(KitMove.id.desc())
            .limit(MOVES_SHOWN)
        )
    )


def next_stops_of(kit: Kit, *, now: datetime) -> list[TourStop]:
    """Return the next stops that need a kit, the soonest first."""
    return list(
        db.session.scalars(
            select(TourStop)
            .join(Tour, Tour.id == TourStop.tour_id)
            .where(
                Tour.kit_id == kit.id,
                TourStop.state == StopState.ACCEPTED,
                TourStop.ends_at > now,
            )
            .options(joinedload(TourStop.school), joinedload(TourStop.tour))
            .order_by(TourStop.starts_at)
            .limit(STOPS_SHOWN)
        )
    )


def late_kits(*, now: datetime, school_ids: Collection[int] | None = None) -> list[LateKit]:
    """Return the kits that are late: any, or those that these schools have or wait for."""
    lent = db.session.scalars(
        select(Kit).where(Kit.state == KitState.LENT).options(joinedload(Kit.holder))
    )
    found = [late for kit in lent if (late := _late(kit, now)) is not None]
    return [late for late in found if school_ids is None or _concerns(late, school_ids)]


def _concerns(late: LateKit, school_ids: Collection[int]) -> bool:
    waiting = late.next_stop is not None and late.next_stop.school_id in school_ids
    return waiting or late.kit.holder_id in school_ids or late.kit.school_id in school_ids


def _late(kit: Kit, now: datetime) -> LateKit | None:
    stop = db.session.scalars(
        select(TourStop)
        .join(KitMove, KitMove.stop_id == TourStop.id)
        .where(KitMove.kit_id == kit.id)
        .order_by(KitMove.id.desc())
        .limit(1)
    ).one_or_none()
    if stop is None or stop.ends_at is None or stop.ends_at > now:
        return None
    next_stop = next(iter(next_stops_of(kit, now=now)), None)
    since = touring.late_from(stop.ends_at, next_stop.starts_at if next_stop else None)
    return LateKit(kit, stop, since, next_stop) if since <= now else None
