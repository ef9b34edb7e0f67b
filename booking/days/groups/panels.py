"""What groups add to the pages about the work on an event: a link."""

from datetime import datetime

from flask import request, url_for

from booking.days.events.models import Event, EventState
from booking.days.events.ports import WorkLink
from booking.domain import permissions
from booking.domain.permissions import Action, Actor, Scope


def groups_link(event: Event, *, actor: Actor, now: datetime) -> WorkLink | None:
    """Return the link to the groups for people who may change the event."""
    if event.state in {EventState.DRAFT, EventState.CANCELLED}:
        return None
    if not permissions.may(actor, Action.EDIT_EVENT, Scope(event.host_school_id, event.id)):
        return None
    url = url_for("groups.page", slug=event.slug)
    return WorkLink("Groups", url, current=request.endpoint == "groups.page")
