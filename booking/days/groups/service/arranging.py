"""Put pupils into groups: by the rule, by hand, and back again."""

from collections.abc import Mapping
from datetime import datetime

from booking.days.events import locks as event_locks
from booking.days.events.models import Event, EventState
from booking.days.groups import ports, queries, refusals, words
from booking.days.groups.details import Arrangement, Spot
from booking.days.groups.models import EventGroup, GroupMember, GroupPlan
from booking.days.groups.words import GroupNaming
from booking.days.places import queries as place_queries
from booking.days.places.models import Booking
from booking.domain import grouping
from booking.domain.grouping import GroupPupil
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db


def propose(
    *,
    actor: Actor,
    now: datetime,
    event: Event,
    seen: int,
    groups: int | None = None,
    size: int | None = None,
    naming: GroupNaming = GroupNaming.COLOURS,
    with_friend: bool = False,
) -> int:
    """Put everybody expected into balanced groups; return how many groups there are.

    Whoever was put somewhere by hand stays there. Without a number, there are as many groups as
    before. Raises NoNumber, TooManyGroups, ChangedSince, NotYetOrOver.
    """
    _lock(event, seen=seen)
    before, expected = queries.arrangement(event.id), place_queries.expected(event.id)
    count = groups or (grouping.count_for(len(expected), size) if size else len(before.names))
    if not count:
        raise refusals.NoNumber
    if count > grouping.GROUPS_MAX:
        raise refusals.TooManyGroups(f"Make {grouping.GROUPS_MAX} groups or fewer.")
    kept = {id_: s for id_, s in before.spots.items() if s.pinned and s.group < count}
    names = words.names(count, naming, taken=before.names[:count])
    after = Arrangement(names, _shared_out(event, expected, count, kept, with_friend))
    _save(actor, now, event, before, after)
    audit.record(
        actor=actor,
        action="propose_groups",
        subject=event,
        school_id=event.host_school_id,
        now=now,
        groups=count,
        pupils=len(expected),
    )
    return count


def fill(*, actor: Actor, now: datetime, event: Event, seen: int) -> int:
    """Put those without a group where they fit, and move nobody; return how many there were.

    Raises NoNumber, ChangedSince, NotYetOrOver.
    """
    _lock(event, seen=seen)
    before, expected = queries.arrangement(event.id), place_queries.expected(event.id)
    count = len(before.names)
    if not count:
        raise refusals.NoNumber
    after = _shared_out(event, expected, count, before.spots, with_friend=False)
    placed = sum(booking.id not in before.spots for booking in expected)
    if placed:
        _save(actor, now, event, before, Arrangement(before.names, after))
        audit.record(
            actor=actor,
            action="fill_groups",
            subject=event,
            school_id=event.host_school_id,
            now=now,
            pupils=placed,
        )
    return placed


def _shared_out(
    event: Event,
    expected: list[Booking],
    count: int,
    kept: Mapping[int, Spot],
    with_friend: bool,
) -> dict[int, Spot]:
    needing = ports.with_needs(event.id)
    of = {_reference(booking): booking for booking in expected}
    proposed = grouping.propose(
        [
            GroupPupil(b.school.slug, b.pupil.year_group, _reference(b), has_needs=b.id in needing)
            for b in expected
        ],
        count=count,
        pinned={_reference(b): kept[b.id].group for b in expected if b.id in kept},
        with_friend=with_friend,
    )
    return {
        of[reference].id: kept.get(of[reference].id, Spot(number))
        for number, group in enumerate(proposed)
        for reference in group
    }


def _reference(booking: Booking) -> str:
    """Return what tells pupils apart of the same school and year: who was named first."""
    return f"{booking.id:09d}"


def arrange(
    *,
    actor: Actor,
    now: datetime,
    event: Event,
    names: Mapping[int, str],
    spots: Mapping[int, Spot | None],
) -> int:
    """Move pupils between groups and rename groups, as somebody did by hand; return how many moved.

    `names` are by group and `spots` by booking, None for no group; whoever moves is kept there.
    What is not named stays as it is. Raises SameName, NotYetOrOver.
    """
    _lock(event)
    before = queries.arrangement(event.id)
    wanted = tuple(names.get(place, name) for place, name in enumerate(before.names))
    if len({name.casefold() for name in wanted}) < len(wanted):
        raise refusals.SameName("Give each group a name of its own.")
    expected = {booking.id for booking in place_queries.expected(event.id)}
    after, moved = dict(before.spots), 0
    for booking_id in sorted(expected & spots.keys()):
        spot, old = spots[booking_id], before.spots.get(booking_id)
        if (spot and spot.group) != (old and old.group):
            moved += 1
            spot = spot and Spot(spot.group, pinned=True)
        after.pop(booking_id, None)
        if spot is not None:
            after[booking_id] = spot
    arranged = Arrangement(wanted, after)
    if arranged == before:
        return 0
    _save(actor, now, event, before, arranged)
    audit.record(
        actor=actor,
        action="arrange_groups",
        subject=event,
        school_id=event.host_school_id,
        now=now,
        moved=moved,
    )
    return moved


def undo(*, actor: Actor, now: datetime, event: Event, seen: int) -> None:
    """Take the last change back; who has lost or received a place since is not touched.

    Raises NothingToTakeBack, ChangedSince, NotYetOrOver.
    """
    plan = _lock(event, seen=seen)
    if plan is None or plan.before is None:
        raise refusals.NothingToTakeBack
    before = Arrangement.from_json(plan.before)
    expected = {booking.id for booking in place_queries.expected(event.id)}
    spots = {id_: spot for id_, spot in before.spots.items() if id_ in expected}
    _save(actor, now, event, None, Arrangement(before.names, spots))
    audit.record(
        actor=actor,
        action="undo_groups",
        subject=event,
        school_id=event.host_school_id,
        now=now,
    )


def _lock(event: Event, *, seen: int | None = None) -> GroupPlan | None:
    """Lock the event, and with it its groups; return what is known about their changes."""
    locked = event_locks.event(event.id)
    if locked.state is not EventState.PUBLISHED:
        raise refusals.NotYetOrOver("Groups can be changed while the event is published.")
    plan = queries.plan(event.id)
    if seen is not None and seen != (plan.version if plan else 0):
        raise refusals.ChangedSince
    return plan


def _save(
    actor: Actor, now: datetime, event: Event, before: Arrangement | None, after: Arrangement
) -> None:
    groups = _named(event, after.names)
    members = {member.booking_id: member for member in queries.members(event.id)}
    for booking_id in members.keys() - after.spots.keys():
        db.session.delete(members[booking_id])
    for booking_id, spot in after.spots.items():
        member = members.get(booking_id)
        if member is None:
            member = GroupMember(booking_id=booking_id)
            db.session.add(member)
        member.group_id, member.pinned = groups[spot.group].id, spot.pinned
    db.session.flush()
    for group in groups[len(after.names) :]:
        db.session.delete(group)
    plan = queries.plan(event.id)
    if plan is None:
        plan = GroupPlan(event_id=event.id, version=0)
        db.session.add(plan)
    plan.version += 1
    plan.before = before.as_json() if before else None
    plan.changed_at, plan.changed_by_id = now, actor.person_id


def _named(event: Event, names: tuple[str, ...]) -> list[EventGroup]:
    """Return the groups under these names, new ones added; those beyond them come last."""
    groups = queries.groups(event.id)
    for position, name in enumerate(names):
        if position < len(groups):
            groups[position].name = name
        else:
            groups.append(EventGroup(event_id=event.id, position=position, name=name))
            db.session.add(groups[-1])
    db.session.flush()
    return groups
