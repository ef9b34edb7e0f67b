"""Places handed out as a season plan decided, and the line that continues from there."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from booking.days.events.models import Event
from booking.days.places import locks, queries
from booking.days.places.models import PlaceRequest
from booking.days.places.queries import line
from booking.days.places.service import deadlines, sharing
from booking.domain.allocation.claims import Basis
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.people.schools.models import School

#: A deadline further away than this is some school days away, whatever the calendar.
LONGEST_HOLIDAY = timedelta(days=60)


@dataclass(frozen=True)
class PlannedShare:
    """What a plan gives one school at one event, and the school's position from then on."""

    school: School
    #: How many pupils wish to come, how many places the plan gives, how many more would be used.
    wished: int
    given: int
    still_wanted: int
    #: What the school's turn depends on: its weight, and places received at all other events.
    weight: int
    received: int


def share_as_planned(
    *, actor: Actor, now: datetime, event: Event, shares: Sequence[PlannedShare]
) -> None:
    """Hand the places of one event to schools as a plan decided, once.

    The line continues in the order of the plan, so from here on the event follows the season's
    rule. Numbers that schools had asked for before the plan are dropped in favour of wishes.
    """
    event = locks.open_event(event.id, now)
    before = {"basis": str(event.basis), "guarantee": event.guarantee}
    if not queries.is_shared(event.id):
        _ask_as_wished(event, shares, actor=actor, now=now)
        event.basis, event.guarantee = Basis.SEASON, 0
    given = {share.school.id: share.given for share in shares}
    kept = queries.held(event.id)
    sharing.allot(actor=actor, now=now, event=event, counts=given)
    requests = {request.school_id: request for request in queries.requests(event.id)}
    for share in shares:
        request = requests[share.school.id]
        request.weight, request.received_before = share.weight, share.received
        own = line.own_places(event, share.school.id)
        # The line counts from the host's own places, of which it may have given some back.
        beyond = max(0, kept.get(share.school.id, 0) + share.given - own)
        request.wants_now = own + beyond + share.still_wanted
        _leave_time_to_name(event, share.school, now=now)
    audit.record(
        actor=actor,
        action="share_as_planned",
        subject=event,
        school_id=event.host_school_id,
        now=now,
        before=before,
    )
    db.session.flush()


def _ask_as_wished(
    event: Event, shares: Sequence[PlannedShare], *, actor: Actor, now: datetime
) -> None:
    """Set each school's request to the number of its pupils who wish to come."""
    for request in queries.requests(event.id):
        db.session.delete(request)
    db.session.flush()
    for arrival, share in enumerate(sorted(shares, key=lambda s: s.school.slug), start=1):
        own = line.own_places(event, share.school.id)
        db.session.add(
            PlaceRequest(
                event_id=event.id,
                school_id=share.school.id,
                school=share.school,
                wanted=own + share.wished,
                wants_now=own + share.wished,
                quota=0,
                arrival=arrival,
                late=False,
                in_time=0,
                requested_at=now,
                requested_by_id=actor.person_id,
            )
        )
    db.session.flush()


def _leave_time_to_name(event: Event, school: School, *, now: datetime) -> None:
    """Give a school some school days to name pupils if the naming date is too near."""
    closes_at = event.naming_close_at
    if closes_at is None or closes_at - now > LONGEST_HOLIDAY:
        return
    due_at = deadlines.after(event, school.id, event.offer_days, now)
    if closes_at >= due_at:
        return
    for place in queries.vacant_places(event.id, school.id):
        place.name_by_at = due_at
