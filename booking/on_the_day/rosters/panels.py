"""What rosters add to other pages: links for hosts, and a school's own view of the day."""

from datetime import datetime

from flask import request, url_for

from booking.days.events.models import Event, EventState
from booking.days.events.ports import WorkLink
from booking.days.places import queries as place_queries
from booking.days.places.ports import SchoolPanel
from booking.domain import permissions
from booking.domain.permissions import Action, Actor
from booking.on_the_day.rosters import pages, queries, windows, words
from booking.people.schools.models import School


def roster_link(event: Event, *, actor: Actor, now: datetime) -> WorkLink | None:
    """Return the link to the roster for people who may see it."""
    return _link(event, actor, now, Action.SEE_ROSTER, "Roster", "rosters.page")


def register_link(event: Event, *, actor: Actor, now: datetime) -> WorkLink | None:
    """Return the link to the register for people who may take it."""
    return _link(event, actor, now, Action.TAKE_REGISTER, "Register", "rosters.register")


def day_staff_link(event: Event, *, actor: Actor, now: datetime) -> WorkLink | None:
    """Return the link to the day staff for people who run the event."""
    if event.state is EventState.CANCELLED:
        return None
    return _link(event, actor, now, Action.EDIT_EVENT, "Day staff", "rosters.day_staff")


def adults(event: Event, *, school: School, now: datetime) -> SchoolPanel | None:
    """Show a school that has places who accompanies its pupils."""
    if event.state is EventState.CANCELLED or not place_queries.held(event.id).get(school.id):
        return None
    found = queries.adults(event.id, school.id)
    return SchoolPanel("on_the_day/rosters/_adults_panel.html", {"adults": found}, where="aside")


def attendance(event: Event, *, school: School, now: datetime) -> SchoolPanel | None:
    """Show a school which of its pupils were there, once the day has come."""
    head, rows = pages.attendance(event, school, now)
    if not rows:
        return None
    facts = {"head": head, "rows": rows, "code": words.VISIT_CODE}
    return SchoolPanel("on_the_day/rosters/_attendance_panel.html", facts, where="outcome")


def _link(
    event: Event, actor: Actor, now: datetime, action: Action, label: str, endpoint: str
) -> WorkLink | None:
    if event.state is EventState.DRAFT:
        return None
    if not permissions.may(actor, action, windows.scope_of(event, now)):
        return None
    url = url_for(endpoint, slug=event.slug)
    return WorkLink(label, url, current=request.endpoint == endpoint)
