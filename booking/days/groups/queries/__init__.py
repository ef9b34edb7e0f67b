"""Reads of groups: for their own page, and for every list that says who is in which."""

from collections.abc import Mapping

from sqlalchemy import select

from booking.days.groups.details import Arrangement, Spot
from booking.days.groups.models import EventGroup, GroupMember, GroupPlan
from booking.foundation.db import db


def groups(event_id: int) -> list[EventGroup]:
    """Return an event's groups, in order."""
    return list(
        db.session.scalars(
            select(EventGroup).where(EventGroup.event_id == event_id).order_by(EventGroup.position)
        )
    )


def members(event_id: int) -> list[GroupMember]:
    """Return who is in a group of an event."""
    return list(
        db.session.scalars(
            select(GroupMember)
            .join(EventGroup, EventGroup.id == GroupMember.group_id)
            .where(EventGroup.event_id == event_id)
            .order_by(GroupMember.booking_id)
        )
    )


def plan(event_id: int) -> GroupPlan | None:
    """Return what is known about changes of an event's groups."""
    return db.session.get(GroupPlan, event_id)


def arrangement(event_id: int) -> Arrangement:
    """Return the groups of an event and who is in them, as they are now."""
    found = groups(event_id)
    position = {group.id: group.position for group in found}
    return Arrangement(
        tuple(group.name for group in found),
        {m.booking_id: Spot(position[m.group_id], m.pinned) for m in members(event_id)},
    )


def group_ids(event_id: int) -> Mapping[int, int]:
    """Return the group of everybody who is in one, by booking."""
    return {member.booking_id: member.group_id for member in members(event_id)}


def names_by_booking(event_id: int) -> Mapping[int, str]:
    """Return the name of the group of everybody who is in one, by booking."""
    rows = db.session.execute(
        select(GroupMember.booking_id, EventGroup.name)
        .join(EventGroup, EventGroup.id == GroupMember.group_id)
        .where(EventGroup.event_id == event_id)
    )
    return {booking_id: name for booking_id, name in rows}
