"""Links to where somebody writes to many."""

from collections.abc import Sequence
from datetime import datetime

from flask import request, url_for

from booking.days.events.models import Event, EventState
from booking.days.events.ports import WorkLink
from booking.days.places.ports import SchoolPanel
from booking.domain import permissions
from booking.domain.permissions import Action, Actor, Scope
from booking.foundation.web.navigation import Door
from booking.people.schools.models import School


def work_link(event: Event, *, actor: Actor, now: datetime) -> WorkLink | None:
    """Return the link for a host who wants to write to the schools."""
    scope = Scope(event.host_school_id, event.id)
    if event.state is EventState.DRAFT or not permissions.may(actor, Action.EDIT_EVENT, scope):
        return None
    url = url_for("circulars.to_schools", slug=event.slug)
    return WorkLink("Write to schools", url, current=request.path == url)


def coordinators(event: Event, *, actor: Actor, now: datetime) -> WorkLink | None:
    """Return the link to who coordinates the schools that come."""
    if event.state is EventState.DRAFT:
        return None
    url = url_for("circulars.coordinators", slug=event.slug)
    return WorkLink("Coordinators", url, current=request.path == url)


def of_school(event: Event, *, school: School, now: datetime) -> SchoolPanel | None:
    """Return where a coordinator writes to the school's own families."""
    return SchoolPanel("network/circulars/_to_families.html", where="aside")


def of_network() -> Sequence[Door]:
    """Return the link to what was written, and to writing more."""
    return (
        Door("Circulars", "circulars.listing", "Write to everybody, a role or a kind of school."),
    )
