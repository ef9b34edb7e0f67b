"""Reads of the list of areas: what it offers, what is asked, where nobody helps."""

from collections.abc import Collection, Mapping, Sequence
from typing import NamedTuple

from sqlalchemy import Select, exists, func, select

from booking.domain import helping
from booking.domain.helping import ExpertiseState, LinkState
from booking.foundation.db import db
from booking.network.directory.models import (
    DirectoryChoice,
    Expertise,
    ExpertiseArea,
    HelpArea,
    HelpLink,
)


def areas(*, retired: bool = False) -> Sequence[HelpArea]:
    """Return the list of areas by name, and those retired if asked."""
    found = select(HelpArea).order_by(HelpArea.name)
    if not retired:
        found = found.where(HelpArea.retired_at.is_(None))
    return db.session.scalars(found).all()


def areas_by_id(ids: Collection[int]) -> list[HelpArea]:
    """Return areas by name."""
    found = select(HelpArea).where(HelpArea.id.in_(ids)).order_by(HelpArea.name)
    return list(db.session.scalars(found))


def area(public_id: str) -> HelpArea | None:
    """Return an area."""
    return db.session.scalars(select(HelpArea).where(HelpArea.public_id == public_id)).one_or_none()


def area_named(name: str) -> HelpArea | None:
    """Return the area with a name, however it is spelt in capitals."""
    found = select(HelpArea).where(func.lower(HelpArea.name) == name.lower())
    return db.session.scalars(found).first()


def is_in_use(area_id: int) -> bool:
    """Return whether an offer or a link has an area."""
    offered = exists().where(ExpertiseArea.area_id == area_id)
    asked = exists().where(HelpLink.area_id == area_id)
    return bool(db.session.scalar(select(offered | asked)))


def at_once() -> bool:
    """Return whether schools are introduced without the lead."""
    row = db.session.get(DirectoryChoice, 1)
    return row is not None and row.at_once


class AreaCounts(NamedTuple):
    """How an area stands: nothing but counts."""

    #: None for one that was retired.
    public_id: str | None
    name: str
    offered: int
    asked: int
    introduced: int
    is_gap: bool

    @property
    def is_used(self) -> bool:
        """Return whether anybody has offered it or asked about it."""
        return bool(self.offered or self.asked or self.introduced)


def counts() -> list[AreaCounts]:
    """Return how many offers are listed, and links asked and introduced, for every area."""
    offered = _counted(
        select(ExpertiseArea.area_id, func.count())
        .join(Expertise, Expertise.id == ExpertiseArea.expertise_id)
        .where(Expertise.state == ExpertiseState.LISTED)
        .group_by(ExpertiseArea.area_id)
    )
    asked_for = select(HelpLink.area_id, func.count()).group_by(HelpLink.area_id)
    asked = _counted(asked_for.where(HelpLink.state != LinkState.TAKEN_BACK))
    introduced = _counted(asked_for.where(HelpLink.introduced_at.is_not(None)))
    gaps = set(helping.gaps(asked, offered))
    return [
        AreaCounts(
            area.public_id if area.retired_at is None else None,
            area.name,
            offered.get(area.id, 0),
            asked.get(area.id, 0),
            introduced.get(area.id, 0),
            area.id in gaps,
        )
        for area in areas(retired=True)
        if area.retired_at is None or offered.get(area.id) or asked.get(area.id)
    ]


def _counted(statement: Select[int, int]) -> Mapping[int, int]:
    return {area_id: number for area_id, number in db.session.execute(statement)}
