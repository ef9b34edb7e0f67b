"""Add kits, and record each hand-over: lent to a school, collected, returned."""

from datetime import datetime

from booking.days.tours import details as tour_details
from booking.days.tours import locks, queries
from booking.days.tours.details import TEXT_MAX, KitDetails
from booking.days.tours.models import Kit, KitMove, KitState, TourStop
from booking.days.tours.refusals import KitRefused, TourRefused
from booking.domain import permissions
from booking.domain.permissions import Action, Actor, Scope
from booking.domain.problems import Problem
from booking.foundation.audit import service as audit
from booking.foundation.db import db


def add_kit(*, actor: Actor, now: datetime, details: KitDetails) -> Kit:
    """Add a kit, which is at its own school. Raises TourRefused."""
    _refuse(actor, details)
    kit = Kit(
        name=details.name,
        contents=details.contents,
        school_id=details.school_id,
        holder_id=details.school_id,
        state=KitState.HOME,
        added_at=now,
    )
    db.session.add(kit)
    _record(actor, "add_kit", kit, now)
    return kit


def change_kit(*, actor: Actor, now: datetime, kit: Kit, details: KitDetails) -> Kit:
    """Change what a kit is called or contains; it stays its school's. Raises TourRefused."""
    kit = locks.kit(kit.id)
    _refuse(actor, details)
    if details.school_id != kit.school_id:
        raise TourRefused([Problem("school_id", "A kit stays with its school.")])
    if (kit.name, kit.contents) != (details.name, details.contents):
        kit.name, kit.contents = details.name, details.contents
        _record(actor, "change_kit", kit, now)
    return kit


def hand_over(
    *,
    actor: Actor,
    now: datetime,
    kit: Kit,
    state: KitState | None,
    stop: TourStop | None = None,
    missing: str = "",
) -> KitMove:
    """Record where a kit is now, who says so, and what is missing.

    It is lent for one of the next stops that need it, or else is back with the leaders or at home.
    Raises KitRefused.
    """
    kit = locks.kit(kit.id)
    if state is None:
        raise KitRefused("Choose where the kit is now.")
    if len(missing) > TEXT_MAX:
        raise KitRefused(f"Shorten the note to {TEXT_MAX:,} characters.")
    if state is KitState.LENT:
        coming = queries.next_stops_of(kit, now=now)
        if stop is None or stop.id not in {each.id for each in coming}:
            raise KitRefused("The kit is lent for one of its next stops. Please look again.")
        holder_id = stop.school_id
    else:
        stop = None
        holder_id = kit.school_id
    if (kit.state, kit.holder_id) == (state, holder_id):
        raise KitRefused("This has already been recorded: see below where the kit is.")
    kit.state, kit.holder_id = state, holder_id
    move = KitMove(
        kit_id=kit.id,
        state=state,
        school_id=holder_id,
        stop_id=stop.id if stop else None,
        missing=missing,
        moved_at=now,
        moved_by_id=actor.person_id,
    )
    db.session.add(move)
    audit.record(
        actor=actor,
        action="hand_over_kit",
        subject=kit,
        school_id=holder_id,
        now=now,
        state=state.value,
    )
    return move


def _refuse(actor: Actor, details: KitDetails) -> None:
    found = list(tour_details.kit_problems(details))
    scope = Scope(details.school_id)
    if actor.kind == "person" and not permissions.may(actor, Action.WRITE_EVENTS, scope):
        found.append(Problem("school_id", "Choose a school that you host events for."))
    if found:
        raise TourRefused(found)


def _record(actor: Actor, action: str, kit: Kit, now: datetime) -> None:
    audit.record(actor=actor, action=action, subject=kit, school_id=kit.school_id, now=now)
