"""What the end of a day adds to other pages: a link for hosts, lost property for schools."""

from collections.abc import Sequence
from datetime import datetime

from flask import request, url_for

from booking.days.events import states as event_states
from booking.days.events.models import Event
from booking.days.events.ports import WorkLink
from booking.days.places.ports import SchoolPanel
from booking.domain import english, permissions
from booking.domain.lost_property import LostState
from booking.domain.permissions import Action, Actor, Scope
from booking.network.resources import queries as resource_queries
from booking.on_the_day.closing import queries, words
from booking.on_the_day.closing.ports import AfterStep
from booking.people.schools.models import School


def link(event: Event, *, actor: Actor, now: datetime) -> WorkLink | None:
    """Return the link to the end of the day, once the day has come."""
    if event.state not in event_states.TAKES_PLACE or not event_states.has_begun(event, now):
        return None
    if not permissions.may(actor, Action.SEE_CLOSING, Scope(event.host_school_id, event.id)):
        return None
    url = url_for("closing.day", slug=event.slug)
    return WorkLink("Close the day", url, current=request.path == url)


def materials(event: Event, *, actor: Actor, now: datetime) -> Sequence[AfterStep] | None:
    """Return the step of sharing what was used on the day, for whoever runs the event."""
    if not permissions.may(actor, Action.EDIT_EVENT, Scope(event.host_school_id, event.id)):
        return None
    found = resource_queries.materials(event.id)
    with_it = f"{english.plural(len(found), 'resource')} {english.agree(len(found), 'is', 'are')}"
    return (
        AfterStep(
            "Materials of the day",
            f"{with_it} with this event. A copy for next year keeps them."
            if found
            else "What you used may help other schools: share it, and put it with this event.",
            url_for("resources.materials", slug=event.slug),
            "Change the materials" if found else "Put materials with the day",
            is_done=bool(found),
        ),
    )


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
