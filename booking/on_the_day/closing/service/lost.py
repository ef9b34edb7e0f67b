"""Lost property: list what was left behind, ask for it, give it back, let it go."""

from datetime import date, datetime
from typing import Any

from booking.days.events.models import Event
from booking.domain import lost_property, terms
from booking.domain.lost_property import LostState, WayBack
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.on_the_day.closing import locks
from booking.on_the_day.closing.models import LostThing
from booking.on_the_day.closing.refusals import ThingGone, ThingRefused
from booking.people.schools.models import School


def list_thing(
    *,
    actor: Actor,
    now: datetime,
    event: Event,
    what: str,
    found_where: str,
    kept_until: date,
) -> LostThing:
    """Add a thing that was left behind. Raises ThingRefused."""
    if not what.strip():
        raise ThingRefused("Say what it is, such as “A blue coat, age 8”.", "what")
    for field, said in (("what", what), ("found_where", found_where)):
        if len(said) > lost_property.WHAT_MAX:
            raise ThingRefused(f"Shorten this to {lost_property.WHAT_MAX} characters.", field)
    if problem := lost_property.kept_until_problem(kept_until, terms.london(now).date()):
        raise ThingRefused(problem, "kept_until")
    thing = LostThing(
        event_id=event.id,
        what=what.strip(),
        found_where=found_where.strip(),
        kept_until=kept_until,
        listed_at=now,
        listed_by_id=actor.person_id,
        moved_at=now,
    )
    thing.event = event
    db.session.add(thing)
    _record(actor, "list_lost_thing", thing, now)
    return thing


def claim_thing(
    *, actor: Actor, now: datetime, thing: LostThing, school: School, way_back: WayBack
) -> LostThing:
    """Say that a thing is the school's, and how it comes back. Raises ThingGone, MoveNotAllowed."""
    thing = _locked(thing)
    if thing.state is not LostState.LISTED:
        if thing.claimed_by_school_id == school.id and thing.way_back is way_back:
            return thing
        raise ThingGone("This has been asked for already. Ring the host if it is yours.")
    thing.claimed_by_school, thing.way_back = school, way_back
    _move(thing, LostState.CLAIMED, now)
    _record(actor, "claim_lost_thing", thing, now, school_id=school.id, way=way_back)
    return thing


def unclaim_thing(*, actor: Actor, now: datetime, thing: LostThing, school: School) -> LostThing:
    """Say that a thing is not the school's after all. Raises ThingGone."""
    thing = _locked(thing)
    if thing.state is not LostState.CLAIMED or thing.claimed_by_school_id != school.id:
        raise ThingGone("Your school does not ask for this any more.")
    _relist(thing, now)
    _record(actor, "unclaim_lost_thing", thing, now, school_id=school.id)
    return thing


def move_thing(*, actor: Actor, now: datetime, thing: LostThing, to: LostState) -> LostThing:
    """Record that a thing was given back, is gone, or is on the list again.

    Raises ThingGone, ThingRefused, MoveNotAllowed.
    """
    thing = _locked(thing)
    today = terms.london(now).date()
    if to is LostState.CLAIMED:
        raise ThingRefused("Its own school says so, on its page about the event.")
    is_here = to is LostState.DISPOSED and thing.state is LostState.LISTED
    if is_here and not lost_property.may_dispose(thing.state, thing.kept_until, today):
        until = terms.day_text(thing.kept_until)
        raise ThingRefused(f"The schools were told that it is kept until {until}.")
    if to is LostState.LISTED:
        _relist(thing, now)
    else:
        _move(thing, to, now)
    _record(actor, "move_lost_thing", thing, now, to=to)
    return thing


def remove_thing(*, actor: Actor, now: datetime, thing: LostThing) -> None:
    """Take a thing off the list that was written there by mistake. Raises ThingGone."""
    thing = _locked(thing)
    if thing.state is not LostState.LISTED:
        raise ThingGone("This has been asked for or given back, so it stays on the list.")
    _record(actor, "remove_lost_thing", thing, now)
    db.session.delete(thing)


def _locked(thing: LostThing) -> LostThing:
    found = locks.thing(thing.id)
    if found is None:
        raise ThingGone("This was taken off the list.")
    return found


def _relist(thing: LostThing, now: datetime) -> None:
    _move(thing, LostState.LISTED, now)
    thing.claimed_by_school, thing.way_back = None, None


def _move(thing: LostThing, to: LostState, now: datetime) -> None:
    thing.state, thing.moved_at = lost_property.move(thing.state, to), now


def _record(
    actor: Actor,
    action: str,
    thing: LostThing,
    now: datetime,
    school_id: int | None = None,
    **facts: Any,
) -> None:
    # Not what it is: a name may have been written into it, and the trail is kept.
    audit.record(
        actor=actor,
        action=action,
        subject=thing.event,
        school_id=school_id or thing.event.host_school_id,
        now=now,
        thing_id=thing.id,
        **facts,
    )
