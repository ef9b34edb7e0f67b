"""What the end of a day adds to other pages: a link for hosts, lost property for schools."""

from datetime import datetime

from flask import request, url_for

from booking.days.events import states as event_states
from booking.days.events.models import Event
from booking.days.events.ports import WorkLink
from booking.days.places.ports import SchoolPanel
from booking.domain import permissions
from booking.domain.lost_property import LostState
from booking.domain.permissions import Action, Actor, Scope
from booking.on_the_day.closing import queries, words
from booking.people.schools.models import School


def link(event: Event, *, actor: Actor, now: datetime) -> WorkLink | None:
    """Return the link to the end of the day, once the day has come."""
    if event.state not in event_states.TAKES_PLACE or not event_states.has_begun(event, now):
        return None
    if not permissions.may(actor, Action.SEE_CLOSING, Scope(event.host_school_id, event.id)):
        return None
    url = url_for("closing.day", slug=event.slug)
    return WorkLink("Close the day", url, current=request.path == url)


def lost(event: Event, *, school: School, now: datetime) -> SchoolPanel | None:
    """Show a school what was left behind and is still there, and what it has asked for."""
    found = [
        thing
        for thing in queries.things(event.id)
        if thing.state is LostState.LISTED or thing.claimed_by_school_id == school.id
    ]
    if not found:
        return None
    facts = {"things": found, "words": words}
    return SchoolPanel("on_the_day/closing/_lost_panel.html", facts, where="outcome")
