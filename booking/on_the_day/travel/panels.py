"""What travel adds to other pages: a school's own way to an event, and the host's link."""

from datetime import datetime

from flask import request, url_for

from booking.days.events.models import Event, EventState
from booking.days.events.ports import WorkLink
from booking.days.places import queries as place_queries
from booking.days.places.ports import SchoolPanel
from booking.domain import permissions
from booking.domain.permissions import Action, Actor, Scope
from booking.on_the_day.travel import queries, words
from booking.people.schools.models import School


def of_school(event: Event, *, school: School, now: datetime) -> SchoolPanel | None:
    """Show a school that has places how it travels."""
    if event.state is EventState.CANCELLED or not place_queries.held(event.id).get(school.id):
        return None
    arrival = queries.by_school(event.id).get(school.id)
    facts = {
        "how": arrival.how if arrival else "",
        "times": words.timed(arrival) if arrival else "",
        "base": arrival.base_name if arrival else "",
    }
    return SchoolPanel("on_the_day/travel/_panel.html", facts, where="aside")


def work_link(event: Event, *, actor: Actor, now: datetime) -> WorkLink | None:
    """Return the link to how schools come, for people who run the event."""
    if event.state in (EventState.DRAFT, EventState.CANCELLED):
        return None
    if not permissions.may(actor, Action.EDIT_EVENT, Scope(event.host_school_id)):
        return None
    url = url_for("travel.notes", slug=event.slug)
    return WorkLink("Visits", url, current=request.endpoint == "travel.notes")
