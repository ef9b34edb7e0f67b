"""What walk-ins add to other pages: the link to the door, and who came with a school."""

from datetime import datetime

from flask import request, url_for

from booking.days.events import states as event_states
from booking.days.events.models import Event, EventState
from booking.days.events.ports import WorkLink
from booking.days.places.ports import SchoolPanel
from booking.domain import permissions
from booking.domain.permissions import Action, Actor
from booking.domain.terms import london
from booking.on_the_day.rosters import windows
from booking.on_the_day.walk_ins import queries
from booking.people.schools.models import School


def door_link(event: Event, *, actor: Actor, now: datetime) -> WorkLink | None:
    """Return the link to the door for people who take the register."""
    if event.state not in event_states.TAKES_PLACE:
        return None
    if not permissions.may(actor, Action.TAKE_REGISTER, windows.scope_of(event, now)):
        return None
    url = url_for("walk_ins.door", slug=event.slug)
    return WorkLink("At the door", url, current=request.path == url)


def came_with(event: Event, *, school: School, now: datetime) -> SchoolPanel | None:
    """Show a school who came with it without being on the list, once the day has come."""
    if event.state is EventState.DRAFT or london(now).date() < windows.days_of(event).first_on:
        return None
    found = queries.of_school(event.id, school.id)
    facts = {"walk_ins": found}
    return SchoolPanel("on_the_day/walk_ins/_panel.html", facts, where="outcome") if found else None
