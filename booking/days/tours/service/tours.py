"""Plan a tour, open it for schools, change it and end it."""

from datetime import datetime, timedelta
from typing import Any

from booking.days.events.service import publishing
from booking.days.tours import details as tour_details
from booking.days.tours import locks, mail, queries, states
from booking.days.tours.details import COLUMNS, TourDetails
from booking.days.tours.models import StopState, Tour, TourState
from booking.days.tours.refusals import StopsToCome, TourNotOpen, TourRefused
from booking.days.tours.service import stops, timing
from booking.domain import permissions
from booking.domain.permissions import Action, Actor, Scope
from booking.domain.problems import Problem
from booking.foundation.audit import service as audit
from booking.foundation.db import db

#: Addresses beside those of tours.
NOT_TOURS = frozenset({"new", "kits"})


def begin(*, actor: Actor, now: datetime, details: TourDetails) -> Tour:
    """Begin a tour as a draft, which schools cannot see yet. Raises TourRefused."""
    _refuse(actor, details)
    tour = Tour(
        slug=_free_slug(details.title),
        state=TourState.DRAFT,
        created_by_id=actor.person_id,
        created_at=now,
    )
    _copy(details, tour)
    db.session.add(tour)
    _record(actor, "begin_tour", tour, now)
    return tour


def change(*, actor: Actor, now: datetime, tour: Tour, details: TourDetails) -> tuple[str, ...]:
    """Change a tour; return the names of what changed. Stops that are agreed keep their times.

    Raises TourRefused, TimeTaken, TourNotOpen.
    """
    tour = locks.tour(tour.id)
    if tour.state is TourState.ENDED:
        raise TourNotOpen(f"{tour.title} has ended; it can no longer be changed.")
    before = tour_details.details_of(tour)
    _refuse(actor, details, before)
    changes = tour_details.changed_fields(before, details)
    if not changes:
        return ()
    if details.kit_id is not None and details.kit_id != before.kit_id:
        locks.kit(details.kit_id)
    _copy(details, tour)
    db.session.flush()
    if {"travel_minutes", "kit_id"} & set(changes):
        _refuse_clashes(tour, now)
    _record(actor, "change_tour", tour, now, fields=list(changes))
    return changes


def open_for_schools(*, actor: Actor, now: datetime, tour: Tour) -> Tour:
    """Open a tour: its page is public, and schools with its years are told. Raises TourRefused."""
    tour = locks.tour(tour.id)
    if tour.state is not TourState.DRAFT:
        raise TourNotOpen(f"{tour.title} has already been opened.")
    _refuse(actor, tour_details.details_of(tour))
    tour.state = states.move_tour(tour.state, TourState.OPEN)
    tour.opened_at = now
    _record(actor, "open_tour", tour, now)
    mail.tell_of_opening(tour, now=now)
    return tour


def end(*, actor: Actor, now: datetime, tour: Tour) -> Tour:
    """End a tour without stops to come; schools that still wait for an answer are told.

    Raises TourNotOpen, StopsToCome.
    """
    tour = locks.tour(tour.id)
    if tour.state is not TourState.OPEN:
        raise TourNotOpen(f"{tour.title} is not open.")
    if any(_is_to_come(stop.state, stop.ends_at, now) for stop in tour.stops):
        raise StopsToCome(
            "There are stops to come. Wait until they are over, or cancel them first."
        )
    for stop in tour.stops:
        if stop.state is StopState.ASKED:
            stops.refuse_wish(stop, "The tour has ended.", now=now)
    tour.state = states.move_tour(tour.state, TourState.ENDED)
    tour.ended_at = now
    _record(actor, "end_tour", tour, now)
    return tour


def discard(*, actor: Actor, now: datetime, tour: Tour) -> None:
    """Delete a draft. Raises TourNotOpen for a tour that schools have seen."""
    tour = locks.tour(tour.id)
    if tour.state is not TourState.DRAFT:
        raise TourNotOpen("Only a draft can be deleted. You can end a tour.")
    _record(actor, "discard_tour", tour, now, title=tour.title)
    db.session.delete(tour)


def _is_to_come(state: StopState, ends_at: datetime | None, now: datetime) -> bool:
    return state is StopState.ACCEPTED and ends_at is not None and ends_at > now


def _refuse_clashes(tour: Tour, now: datetime) -> None:
    """Refuse more travel or another kit if stops that are agreed would then clash."""
    for stop in tour.stops:
        if _is_to_come(stop.state, stop.ends_at, now - timedelta(days=1)):
            assert stop.starts_at is not None, "an accepted stop has its time"
            assert stop.ends_at is not None, "an accepted stop has its time"
            timing.refuse_if_taken(tour, stop.starts_at, stop.ends_at, but=stop)


def _refuse(actor: Actor, details: TourDetails, before: TourDetails | None = None) -> None:
    found = list(tour_details.tour_problems(details))
    scope = Scope(details.leading_school_id)
    if actor.kind == "person" and not permissions.may(actor, Action.WRITE_EVENTS, scope):
        found.append(Problem("leading_school_id", "Choose a school that you host events for."))
    if before is not None and details.leading_school_id != before.leading_school_id:
        words = "The leading school stays the same: the leaders are its pupils."
        found.append(Problem("leading_school_id", words))
    if found:
        raise TourRefused(found)


def _copy(details: TourDetails, tour: Tour) -> None:
    for name in COLUMNS:
        setattr(tour, name, getattr(details, name))


def _free_slug(title: str) -> str:
    stem = wanted = publishing.slugify(title)
    taken, number = {*queries.slugs_like(stem), *NOT_TOURS}, 2
    while wanted in taken:
        wanted, number = f"{stem}-{number}", number + 1
    return wanted


def _record(actor: Actor, action: str, tour: Tour, now: datetime, **facts: Any) -> None:
    audit.record(
        actor=actor,
        action=action,
        subject=tour,
        school_id=tour.leading_school_id,
        now=now,
        **facts,
    )
