"""What tours add to events: "part of …", and on the day who leads, for those who look after it."""

from datetime import datetime
from typing import Any

from flask import url_for

from booking.days.events.models import Event
from booking.days.events.ports import Panel
from booking.days.tours import queries, states
from booking.days.tours.models import TourStop
from booking.domain import permissions
from booking.domain.permissions import Action, Actor, Scope
from booking.domain.terms import london


def part_of(event: Event, *, actor: Actor, now: datetime) -> Panel | None:
    """Return the tour that an event is a stop of."""
    stop = queries.stop_of_event(event.id)
    if stop is None or stop.tour.state not in states.PUBLIC:
        return None
    url = url_for("tours.show", slug=stop.tour.slug)
    return Panel("days/tours/_part_of.html", {"tour": stop.tour, "url": url})


def keeps_to_itself(event: Event) -> bool:
    """Return whether an event is a stop whose places are all for the school that is visited."""
    stop = queries.stop_of_event(event.id)
    return stop is not None and stop.pupils >= event.places


def work(event: Event, *, actor: Actor, now: datetime) -> Panel | None:
    """Return a stop's tour and kit, and on its day the leaders, by name, for whoever is there."""
    stop = queries.stop_of_event(event.id)
    if stop is None:
        return None
    there = permissions.may(
        actor, Action.TAKE_REGISTER, Scope(event.host_school_id, event.id)
    ) and is_today(stop, now)
    facts = {
        "stop": stop,
        "tour": stop.tour,
        "url": url_for("tours.show", slug=stop.tour.slug),
        "names": [leader.name for leader in stop.leaders] if there else [],
        "count": len(stop.leaders),
        "there": there,
        "may_see_kit": permissions.may(actor, Action.SEE_TOURS),
    }
    return Panel("days/tours/_work.html", facts)


def is_today(stop: TourStop, now: datetime) -> bool:
    """Return whether a stop is on this day, in London."""
    return stop.starts_at is not None and london(stop.starts_at).date() == london(now).date()


def on_offer(*, now: datetime, **_facts: Any) -> Panel | None:
    """Return the tours that schools can ask for, under the listing of events."""
    tours = queries.open_tours()
    return Panel("days/tours/_on_offer.html", {"tours": tours}) if tours else None
