"""The line: who asked, when their turns come, and who is next when a place comes back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, select
from sqlalchemy.orm import joinedload

from booking.days.events import states as event_states
from booking.days.events.models import Event, Sharing
from booking.days.places import ports
from booking.days.places.models import Offer, OfferState, PlaceRequest
from booking.days.places.queries import counts
from booking.domain import year_groups
from booking.domain.allocation import claims
from booking.domain.allocation import line as allocation_line
from booking.foundation.db import db
from booking.people.schools.models import School


def requests(event_id: int) -> list[PlaceRequest]:
    """Return the requests at an event, in order of arrival, each with its school."""
    return list(
        db.session.scalars(
            select(PlaceRequest)
            .where(PlaceRequest.event_id == event_id)
            .options(joinedload(PlaceRequest.school))
            .order_by(PlaceRequest.arrival, PlaceRequest.id)
        )
    )


def request_of(event_id: int, school_id: int) -> PlaceRequest | None:
    """Return the request of one school."""
    return db.session.scalar(
        select(PlaceRequest).where(
            PlaceRequest.event_id == event_id, PlaceRequest.school_id == school_id
        )
    )


def is_planned(event_id: int) -> bool:
    """Return whether an event is waiting to be shared together with others."""
    condition = exists().where(Event.id == event_id, ports.planned())
    return bool(db.session.scalar(select(condition)))


def is_line_open(event: Event, now: datetime) -> bool:
    """Return whether a free place goes to the next school at once.

    First come, first served: always. Fair rounds: once the round has been run. Set quotas: from the
    release date, or from the naming date if there is none.
    """
    if event.sharing is Sharing.FIRST_COME:
        return True
    if event.sharing is Sharing.SET_QUOTAS:
        opens_at = event_states.quotas_end_at(event)
        return opens_at is not None and opens_at <= now
    return counts.is_shared(event.id)


def round_of(event: Event) -> claims.RoundFacts:
    """Return the round of an event: its rule, and each school's claim, frozen where it is.

    The allocation shares places by it, and the line continues from where it ended.
    """
    return _round(event, requests(event.id))


def _round(event: Event, asked: Sequence[PlaceRequest]) -> claims.RoundFacts:
    received = {} if all(request.frozen_at for request in asked) else received_before(event)
    return claims.RoundFacts(
        event=event.slug,
        places=event.places - event.host_places,
        basis=basis_of(event),
        claims=tuple(
            _claim(event, request, received) for request in asked if _competes(event, request)
        ),
        seed=event.seed or event.slug,
        host_places=event.host_places,
    )


def _competes(event: Event, request: PlaceRequest) -> bool:
    """Return whether a request claims places; the host's does for what it asks beyond its own."""
    own = own_places(event, request.school_id)
    return request.school.left_on is None and request.wanted > own


def own_places(event: Event, school_id: int) -> int:
    """Return how many places a school has as the host, before any are shared."""
    return event.host_places if school_id == event.host_school_id else 0


def basis_of(event: Event) -> claims.Basis:
    """Return what a school's turn depends on at this event."""
    return claims.Basis.FIRST_COME if event.sharing is Sharing.FIRST_COME else event.basis


def received_before(event: Event) -> dict[int, int]:
    """Return the places received at other events in the school year of this one."""
    at = event.first_starts_at or event.created_at
    return counts.received_in_year(at, except_event_id=event.id)


def weight_of(event: Event, school: School) -> int:
    """Return the eligible roll of a school: how many of its pupils the event is for."""
    roll = year_groups.eligible_roll(
        school.roll, (school.low_year, school.high_year), (event.low_year, event.high_year)
    )
    return max(1, roll)


def _claim(event: Event, request: PlaceRequest, received: dict[int, int]) -> claims.Claim:
    cap = event.cap_per_school
    guarantee = event.guarantee if event.sharing is Sharing.FAIR_ROUND else 0
    frozen, own = request.frozen_at is not None, own_places(event, request.school_id)
    weight = request.weight if frozen else weight_of(event, request.school)
    before = request.received_before if frozen else received.get(request.school_id, 0)
    return claims.Claim(
        school=request.school.slug,
        wanted=request.wanted - own,
        weight=weight or 1,
        at_least=guarantee if cap is None else min(guarantee, cap),
        at_most=cap,
        received=before or 0,
        late=request.late,
        in_time=max(0, request.in_time - own) if request.late else 0,
        arrived=request.arrival,
    )


@dataclass(frozen=True)
class WaitingLine:
    """The schools waiting for a place at one event, in the order of the allocation."""

    round_: claims.RoundFacts
    #: What each school holds or has been offered, and its total wish, by slug.
    held: dict[str, int]
    wanted: dict[str, int]
    school_ids: dict[str, int]

    def next_schools(self, places: int | None = None) -> list[int]:
        """Return the school of each next place, in order; without a number, the whole line."""
        order = allocation_line.order(self.round_, self.held, self.wanted, length=places)
        return [self.school_ids[slug] for slug in order]


def line_of(event: Event) -> WaitingLine:
    """Return the line of an event as it stands.

    The requests are read once, because another may arrive between two reads.
    """
    everybody = requests(event.id)
    asked = [request for request in everybody if _competes(event, request)]
    holding, offered = counts.held(event.id), _offered(event.id)

    def beyond(request: PlaceRequest, count: int) -> int:
        """Return how many of some places a school has, or wants, beyond its own as the host."""
        return max(0, count - own_places(event, request.school_id))

    return WaitingLine(
        round_=_round(event, everybody),
        held={
            r.school.slug: beyond(r, holding.get(r.school_id, 0) + offered.get(r.school_id, 0))
            for r in asked
        },
        wanted={r.school.slug: beyond(r, r.wants_now) for r in asked},
        school_ids={r.school.slug: r.school_id for r in asked},
    )


def place_in_line(event: Event, school_id: int) -> int | None:
    """Return how many places must come back before a school is offered one; None if not in it."""
    waiting = line_of(event).next_schools()
    return waiting.index(school_id) + 1 if school_id in waiting else None


def _offered(event_id: int) -> dict[int, int]:
    statement = (
        select(Offer.school_id, func.count())
        .where(Offer.event_id == event_id, Offer.state == OfferState.OPEN)
        .group_by(Offer.school_id)
    )
    return {school_id: count for school_id, count in db.session.execute(statement)}
