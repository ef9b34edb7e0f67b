"""What the pages of tours show, worked out before a template sees it."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from booking.days.events import states as event_states
from booking.days.tours import queries, words
from booking.days.tours.models import Kit, KitState, StopState, Tour, TourStop
from booking.days.tours.words import StopStatus
from booking.domain import terms, touring
from booking.domain.permissions import Actor, Role
from booking.domain.touring import StopTime
from booking.people.schools import queries as school_queries
from booking.people.schools.models import School


@dataclass(frozen=True)
class TimeOnOffer:
    """One of the times that a school offers, and why it cannot be taken, or ""."""

    number: int
    words: str
    why_not: str


@dataclass(frozen=True)
class StopLine:
    """One stop for those who look after the tour."""

    stop: TourStop
    when: str
    status: StopStatus
    times: tuple[TimeOnOffer, ...]
    is_published: bool
    may_call_off: bool


def public_stops(tour: Tour) -> tuple[list[TourStop], int]:
    """Return the stops with a published event, and how many others are agreed."""
    agreed = [stop for stop in tour.stops if stop.event is not None]
    public = [stop for stop in agreed if _is_public(stop)]
    return public, sum(stop.state is StopState.ACCEPTED for stop in agreed if stop not in public)


def stop_lines(tour: Tour, *, now: datetime) -> list[StopLine]:
    """Return a tour's stops as its keeper reads them, those to answer first."""
    hosts = queries.hosts_at([stop.school_id for stop in tour.stops])
    lines = [_line(stop, hosts.get(stop.school_id, ()), now) for stop in tour.stops]
    return sorted(lines, key=lambda line: line.stop.state is not StopState.ASKED)


def _line(stop: TourStop, hosts: Sequence[str], now: datetime) -> StopLine:
    waiting = stop.state is StopState.ASKED
    return StopLine(
        stop,
        words.when(stop),
        words.stop_status(stop, hosts=hosts, now=now),
        tuple(_offered(stop, at.id, at.starts_at, now) for at in stop.times) if waiting else (),
        _is_public(stop),
        stop.state is StopState.ACCEPTED and stop.ends_at is not None and stop.ends_at > now,
    )


def _is_public(stop: TourStop) -> bool:
    return stop.event is not None and stop.event.state in event_states.PUBLIC


def _offered(stop: TourStop, number: int, starts_at: datetime, now: datetime) -> TimeOnOffer:
    tour = stop.tour
    ends_at = starts_at + timedelta(minutes=tour.minutes)
    wanted = StopTime(starts_at, ends_at, tour.travel_minutes)
    taken = queries.taken_times(tour=tour, around=wanted, but=stop.id)
    clash = touring.first_clash(wanted, taken)
    why = ""
    if starts_at <= now:
        why = "This time has passed."
    elif clash is not None:
        why = f"Too close to another stop, {terms.span_text(clash.starts_at, clash.ends_at)}."
    return TimeOnOffer(number, terms.span_text(starts_at, ends_at), why)


def own_schools(actor: Actor) -> list[School]:
    """Return the schools for which a person can ask for a stop, by name."""
    ids = {*actor.school_ids(Role.COORDINATOR), *actor.school_ids(Role.HOST)}
    found = school_queries.schools_by_id(tuple(sorted(ids)))
    return [school for school in found if school.left_on is None]


def hand_overs(kit: Kit, coming: Collection[TourStop]) -> list[dict[str, str]]:
    """Return where a kit can be now, as buttons: whatever is true already is left out."""
    found = [
        _button(f"It is at {stop.school.name} now", f"{KitState.LENT}:{stop.public_id}")
        for stop in coming
        if (kit.state, kit.holder_id) != (KitState.LENT, stop.school_id)
    ]
    if kit.state is not KitState.COLLECTED:
        found.append(_button("The leaders have it now", KitState.COLLECTED))
    if kit.state is not KitState.HOME:
        found.append(_button(f"It is back at {kit.school.name}", KitState.HOME))
    return found


def _button(label: str, value: str) -> dict[str, str]:
    return {"label": label, "name": "to", "value": value}


def concerned(kit: Kit, coming: Collection[TourStop]) -> set[int]:
    """Return the schools whose people may hand a kit over: they have it, own it or wait for it."""
    tours = {stop.tour.leading_school_id for stop in coming}
    return {kit.school_id, kit.holder_id, *tours, *(stop.school_id for stop in coming)}
