"""What incidents add to other pages: links for hosts, and a school's own view of the day."""

from collections.abc import Sequence
from datetime import datetime

from flask import request, url_for

from booking.days.events.models import Event, EventState
from booking.days.events.ports import WorkLink
from booking.days.places import queries as place_queries
from booking.days.places.ports import SchoolPanel
from booking.domain import permissions
from booking.domain.permissions import Action, Actor
from booking.domain.terms import london
from booking.foundation.web import addresses
from booking.on_the_day.closing.ports import Blocker
from booking.on_the_day.incidents import queries
from booking.on_the_day.rosters import windows
from booking.people.schools.models import School


def incidents_link(event: Event, *, actor: Actor, now: datetime) -> WorkLink | None:
    """Return the link to what was written down, for those who look after the pupils."""
    return _link(event, actor, now, "Incidents", "incidents.listing")


def calls_link(event: Event, *, actor: Actor, now: datetime) -> WorkLink | None:
    """Return the link to the call list, on a day of the event."""
    on = windows.is_on(event, now)
    return _link(event, actor, now, "Call list", "incidents.calls") if on else None


def counts_link(event: Event, *, actor: Actor, now: datetime) -> WorkLink | None:
    """Return the link to the head counts, on a day of the event."""
    on = windows.is_on(event, now)
    return _link(event, actor, now, "Counts", "incidents.counts") if on else None


def of_school(event: Event, *, school: School, now: datetime) -> SchoolPanel | None:
    """Lead a school to what was written down about its own pupils, once the day has come."""
    if london(now).date() < windows.days_of(event).first_on or not place_queries.held(event.id).get(
        school.id
    ):
        return None
    lines = queries.of_event(event.id, school.id)
    facts = {
        "notes": len(lines),
        "unread": sum(not line.is_read for line in lines),
        "is_on": windows.is_on(event, now),
    }
    return SchoolPanel("on_the_day/incidents/_panel.html", facts, where="aside")


def blockers(event: Event, *, now: datetime) -> Sequence[Blocker]:
    """Return what is unsettled on the dates of an event that have begun."""
    found = []
    for day in event.dates:
        if day.starts_at > now:
            continue
        left, date = queries.unsettled(day), f"?date={day.number}"
        calls = addresses.EVENT_CALLS(slug=event.slug) + date
        counts = addresses.EVENT_COUNTS(slug=event.slug) + date
        if windows.register_is_open(day, now):  # one that has ended keeps no day open for ever
            found += [Blocker(words, calls, "See the call list") for words in left.calls]
            found += [Blocker(words, counts, "Count them out") for words in left.uncounted]
        found += [Blocker(words, counts, "See the counts") for words in left.differences]
        listing = addresses.EVENT_INCIDENTS(slug=event.slug)
        found += [Blocker(words, listing, "See the incidents") for words in left.incidents]
    return list(dict.fromkeys(found))


def _link(event: Event, actor: Actor, now: datetime, label: str, endpoint: str) -> WorkLink | None:
    if event.state is EventState.DRAFT:
        return None
    if not permissions.may(actor, Action.SEE_HEALTH, windows.scope_of(event, now)):
        return None
    url = url_for(endpoint, slug=event.slug)
    return WorkLink(label, url, current=request.endpoint == endpoint)
