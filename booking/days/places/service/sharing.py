"""Places are created, and handed to schools by a round or by set quotas."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select

from booking.days.events.models import Event, Sharing
from booking.days.places import locks, queries, refusals
from booking.days.places.models import Place, PlaceRequest
from booking.days.places.service import line, requests
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.people.schools.models import School


def make_places(event: Event, *, actor: Actor, now: datetime, **_facts: object) -> None:
    """Create an event's places when it is published, numbered from 1; repeating it is harmless."""
    made = count_places(event.id)
    add_places(event, event.places - made, actor=actor, now=now)
    if not made:
        _keep_for_host(event, actor=actor, now=now)


def _keep_for_host(event: Event, *, actor: Actor, now: datetime) -> None:
    """Give the host's own school its places, the first of all."""
    if not event.host_places:
        return
    db.session.flush()
    for place in queries.free_places(event.id)[: event.host_places]:
        _allot_one(place, event.host_school_id, now=now)
    audit.record(
        actor=actor,
        action="keep_host_places",
        subject=event,
        school_id=event.host_school_id,
        now=now,
        count=event.host_places,
    )


def add_places(event: Event, count: int, *, actor: Actor, now: datetime) -> None:
    """Add free places with the next numbers."""
    if count < 1:
        return
    last = db.session.scalar(select(func.max(Place.number)).where(Place.event_id == event.id)) or 0
    db.session.add_all(
        Place(event_id=event.id, number=number) for number in range(last + 1, last + count + 1)
    )
    audit.record(
        actor=actor,
        action="add_places",
        subject=event,
        school_id=event.host_school_id,
        now=now,
        count=count,
    )


def count_places(event_id: int) -> int:
    """Return how many places an event has."""
    statement = select(func.count()).where(Place.event_id == event_id, Place.removed_at.is_(None))
    return db.session.scalar(statement) or 0


def allot(
    *,
    actor: Actor,
    now: datetime,
    event: Event,
    counts: Mapping[int, int],
    received: Mapping[int, int] | None = None,
) -> None:
    """Hand places to schools as a round decided, once; the line continues from there.

    `received` is what the round read of places received elsewhere, by school id: another round
    may be published while this one is run.
    """
    event = locks.open_event(event.id, now)
    if queries.is_shared(event.id):
        raise refusals.AlreadyShared(f"The places at “{event.title}” have already been shared out.")
    spare = queries.free_places(event.id)
    if sum(counts.values()) > len(spare):
        raise refusals.NotEnoughFree(
            f"{sum(counts.values())} places would be given, but only {len(spare)} are free."
        )
    line.freeze(event, now=now, received=received)
    numbered = iter(spare)
    for school_id in sorted(counts):
        for _ in range(counts[school_id]):
            _allot_one(next(numbered), school_id, now=now)
    for request in queries.requests(event.id):
        request.places_received = counts.get(request.school_id, 0)
    audit.record(
        actor=actor,
        action="allot_places",
        subject=event,
        school_id=event.host_school_id,
        now=now,
        counts={str(school_id): count for school_id, count in sorted(counts.items())},
    )


def set_quota(
    *, actor: Actor, now: datetime, event: Event, school: School, quota: int
) -> PlaceRequest | None:
    """Keep exactly `quota` places for a school until the release date; it may name pupils at once.

    Returns the school's request, or None if it has neither a quota nor a request.
    """
    event = locks.open_event(event.id, now)
    requests.refuse_school(event, school)
    _refuse_quota(event, quota, now=now)
    request = queries.request_of(event.id, school.id)
    if request is None and quota == 0:
        return None
    before = request.quota if request else 0
    _move_to_quota(event, school, quota, now=now)
    if request is None:
        request = _request_for_quota(event, school, quota, actor=actor, now=now)
    audit.record(
        actor=actor,
        action="set_quota",
        subject=request,
        school_id=school.id,
        now=now,
        event_id=event.id,
        before=before,
        quota=quota,
    )
    if not (request.arrival or quota):
        db.session.delete(request)
        return None
    _follow_quota(request, quota)
    return request


def _follow_quota(request: PlaceRequest, quota: int) -> None:
    """Set what a school would take to its quota, plus only what it has asked for itself.

    Lowering a quota leaves the school wanting no more than it ever asked for.
    """
    request.quota = request.places_received = quota
    if not request.arrival:
        request.wanted = quota
    request.wants_now = max(quota, min(request.wants_now, request.wanted))


def _refuse_quota(event: Event, quota: int, *, now: datetime) -> None:
    if event.sharing is not Sharing.SET_QUOTAS:
        raise refusals.QuotaImpossible(f"“{event.title}” does not share its places by set quotas.")
    if queries.is_line_open(event, now):
        raise refusals.QuotaImpossible(
            "The release date has passed, so unclaimed places have gone to the next schools in "
            "the queue."
        )
    if quota < 0:
        raise refusals.QuotaImpossible("Enter a quota of 0 places or more.")


def _move_to_quota(event: Event, school: School, quota: int, *, now: datetime) -> None:
    spare, vacant = queries.free_places(event.id), queries.vacant_places(event.id, school.id)
    more = quota - queries.held(event.id).get(school.id, 0)
    if more > len(spare):
        raise refusals.QuotaImpossible(
            f"{school.name} would need {more} more, but only {len(spare)} of the "
            f"{event.places} places are not kept for another school."
        )
    if -more > len(vacant):
        named = queries.held(event.id).get(school.id, 0) - len(vacant)
        raise refusals.QuotaImpossible(
            f"{school.name} has already named pupils for {named} of its places."
        )
    for place in spare[: max(more, 0)]:
        _allot_one(place, school.id, now=now)
    for place in vacant[: max(-more, 0)]:
        place.school_id = place.allotted_at = None
    db.session.flush()


def _request_for_quota(
    event: Event, school: School, quota: int, *, actor: Actor, now: datetime
) -> PlaceRequest:
    request = PlaceRequest(
        event_id=event.id,
        school_id=school.id,
        wanted=quota,
        wants_now=quota,
        arrival=0,
        requested_at=now,
        requested_by_id=actor.person_id,
    )
    db.session.add(request)
    return request


def _allot_one(place: Place, school_id: int, *, now: datetime) -> None:
    place.school_id, place.allotted_at = school_id, now
