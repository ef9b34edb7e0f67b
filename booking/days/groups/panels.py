"""What groups and workshops add to other pages: links for the host, a school's own pupils."""

from datetime import datetime

from flask import request, url_for

from booking.days.events.models import Event, EventState
from booking.days.events.ports import WorkLink
from booking.days.groups.pages import schools
from booking.days.places.ports import SchoolPanel
from booking.domain import permissions
from booking.domain.permissions import Action, Actor, Scope
from booking.people.schools.models import School


def groups_link(event: Event, *, actor: Actor, now: datetime) -> WorkLink | None:
    """Return the link to the groups for people who may change the event."""
    if event.state is EventState.DRAFT:
        return None
    return _link(event, actor, "Groups", "groups.page")


def workshops_link(event: Event, *, actor: Actor, now: datetime) -> WorkLink | None:
    """Return the link to the workshops for people who may change the event."""
    return _link(event, actor, "Workshops", "groups.workshops_page")


def _link(event: Event, actor: Actor, label: str, endpoint: str) -> WorkLink | None:
    if event.state is EventState.CANCELLED:
        return None
    if not permissions.may(actor, Action.EDIT_EVENT, Scope(event.host_school_id, event.id)):
        return None
    url = url_for(endpoint, slug=event.slug)
    return WorkLink(label, url, current=request.path.startswith(url))


def school_page(event: Event, *, school: School, now: datetime) -> SchoolPanel | None:
    """Show a school what its pupils chose, or where they are."""
    view = schools.of_school(event, school, now)
    if view is None:
        return None
    return SchoolPanel("days/groups/_school_panel.html", {"view": view})
