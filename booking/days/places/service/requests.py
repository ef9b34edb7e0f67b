"""Asking for places: a number now, names later."""

from datetime import datetime

from sqlalchemy import func, select

from booking.days.events.models import Event, Sharing
from booking.days.places import locks, queries, refusals
from booking.days.places.models import PlaceRequest
from booking.days.places.service import line
from booking.domain import english, year_groups
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.people.pupils.models import Pupil
from booking.people.schools.models import School

#: A larger request can only be a typing error.
WANTED_MAX = 500


def request_places(
    *,
    actor: Actor,
    now: datetime,
    event: Event,
    school: School,
    wanted: int,
    sure: bool = False,
) -> PlaceRequest:
    """Ask for `wanted` places in total, or change a request.

    Nothing is given before the deadline; after it the request is late and comes after the others.
    If the line is already open (first come, or after the round), places that are free and that
    nobody else is waiting for are given at once; the rest waits. `sure` confirms a request for more
    places than pupils.
    """
    event = locks.open_event(event.id, now)
    refuse_school(event, school)
    _refuse_planned(event)
    _refuse_number(event, school, wanted, sure=sure)
    request = queries.request_of(event.id, school.id)
    if request is None:
        request = _new(event, school, wanted, actor=actor, now=now)
    else:
        _change(event, request, wanted, actor=actor, now=now)
    line.serve(event, actor=actor, now=now, at_hand=school)
    return request


def withdraw_request(*, actor: Actor, now: datetime, event: Event, school: School) -> None:
    """Withdraw a request; the school keeps what it already has, but waits for no more."""
    event = locks.open_event(event.id, now)
    request = queries.request_of(event.id, school.id)
    if request is None:
        raise refusals.NoRequest(f"{school.name} has not asked for places at this event.")
    audit.record(
        actor=actor,
        action="withdraw_request",
        subject=request,
        school_id=school.id,
        now=now,
        event_id=event.id,
        wanted=request.wanted,
    )
    if request.frozen_at is None and not request.quota:
        db.session.delete(request)
        db.session.flush()
    else:
        line.leave_line(event, school.id)


def refuse_school(event: Event, school: School) -> None:
    """Raise unless the school is in the network and has pupils in the event's years."""
    if school.left_on is not None:
        raise refusals.SchoolHasLeft(f"{school.name} is no longer in the network.")
    years = (event.low_year, event.high_year)
    if year_groups.overlap((school.low_year, school.high_year), years) is None:
        raise refusals.YearsDoNotMeet(
            f"“{event.title}” is for {year_groups.range_name(*years)}; {school.name} has "
            f"{year_groups.range_name(school.low_year, school.high_year)}."
        )


def _refuse_planned(event: Event) -> None:
    if queries.is_planned(event.id):
        raise refusals.PlannedTogether(
            f"The places at “{event.title}” are shared together with other events, in a season "
            "plan. Enter your pupils’ choices there; you do not need to ask for a number."
        )


def is_late(event: Event, now: datetime) -> bool:
    """Return whether a request made now comes after those made on time."""
    closes_at = event.requests_close_at
    return event.sharing is Sharing.FAIR_ROUND and closes_at is not None and now > closes_at


def eligible_pupils(event: Event, school: School) -> int | None:
    """Return how many of a school's pupils the event is for; None if that is unknown.

    It is taken from the school's own list if there is one, otherwise from its roll.
    """
    in_range = Pupil.year_group.between(event.low_year, event.high_year)
    listed, eligible = db.session.execute(
        select(func.count(), func.count().filter(in_range)).where(
            Pupil.school_id == school.id, Pupil.left_at.is_(None)
        )
    ).one()
    if listed:
        return int(eligible)
    roll = year_groups.eligible_roll(
        school.roll, (school.low_year, school.high_year), (event.low_year, event.high_year)
    )
    return roll if school.roll else None


def _refuse_number(event: Event, school: School, wanted: int, *, sure: bool) -> None:
    if wanted < 1:
        raise refusals.WantsNothing("Ask for at least 1 place, or withdraw the request.")
    if wanted > WANTED_MAX:
        raise refusals.TooManyWanted(f"Ask for {WANTED_MAX} places or fewer.")
    holding = queries.held(event.id).get(school.id, 0)
    if wanted < holding:
        raise refusals.LessThanHeld(
            f"You already have {english.plural(holding, 'place')}. To have fewer, give places back."
        )
    eligible = eligible_pupils(event, school)
    if eligible is not None and wanted > eligible and not sure:
        years = year_groups.range_name(event.low_year, event.high_year)
        raise refusals.MoreThanPupils(
            f"You have {english.plural(eligible, 'pupil')} in {years}. If you do want to ask for "
            f"{english.plural(wanted, 'place')}, confirm it below."
        )


def _new(event: Event, school: School, wanted: int, *, actor: Actor, now: datetime) -> PlaceRequest:
    request = PlaceRequest(
        event_id=event.id,
        school_id=school.id,
        school=school,
        wanted=wanted,
        wants_now=wanted,
        quota=0,
        arrival=line.next_arrival(event),
        late=is_late(event, now),
        in_time=0,
        requested_at=now,
        requested_by_id=actor.person_id,
    )
    db.session.add(request)
    audit.record(
        actor=actor,
        action="request_places",
        subject=request,
        school_id=school.id,
        now=now,
        event_id=event.id,
        wanted=wanted,
        late=request.late,
    )
    return request


def _change(
    event: Event, request: PlaceRequest, wanted: int, *, actor: Actor, now: datetime
) -> None:
    before = request.wants_now
    if wanted > before:
        _raise(event, request, now=now)
    elif request.late and wanted <= request.in_time:
        request.late, request.in_time = False, 0
    else:
        request.in_time = min(request.in_time, wanted)
    if not request.arrival:
        request.arrival, request.requested_by_id = line.next_arrival(event), actor.person_id
    request.wanted = request.wants_now = wanted
    audit.record(
        actor=actor,
        action="change_request",
        subject=request,
        school_id=request.school_id,
        now=now,
        event_id=event.id,
        before=before,
        wanted=wanted,
        late=request.late,
    )


def _raise(event: Event, request: PlaceRequest, *, now: datetime) -> None:
    """Keep the turns for what was asked before, and gain none for what is asked now."""
    if event.sharing is Sharing.FIRST_COME:
        request.arrival = line.next_arrival(event)
    if not is_late(event, now):
        return
    # Of what it asked for on time, it keeps the turns of as many as it still wanted.
    kept = request.wants_now if not request.late else min(request.in_time, request.wants_now)
    request.late, request.in_time = True, kept
