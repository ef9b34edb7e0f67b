"""What the day's paper adds to other pages: its link for those who have the roster."""

from datetime import datetime

from flask import request, url_for

from booking.days.events.models import Event, EventState
from booking.days.events.ports import WorkLink
from booking.domain import permissions
from booking.domain.permissions import Action, Actor
from booking.on_the_day.rosters import windows


def paper_link(event: Event, *, actor: Actor, now: datetime) -> WorkLink | None:
    """Return the link to what is printed for the day."""
    if event.state is EventState.DRAFT:
        return None
    if not permissions.may(actor, Action.SEE_ROSTER, windows.scope_of(event, now)):
        return None
    url = url_for("day_sheets.page", slug=event.slug)
    return WorkLink("Paper for the day", url, current=request.path == url)
