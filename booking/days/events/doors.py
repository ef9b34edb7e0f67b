"""Links to the listing, to a host’s events and their history, and to the rules for new ones."""

from collections.abc import Sequence
from datetime import datetime

from flask import request, url_for

from booking.days.events.models import Event
from booking.days.events.ports import WorkLink
from booking.domain import permissions
from booking.domain.permissions import Action, Actor, Scope
from booking.foundation.web.navigation import Door, Section


def listing() -> Section:
    """Return the section of upcoming events, for everybody."""
    return Section("Events", "events.listing")


def hosting() -> Section:
    """Return the section for people who run events."""
    return Section("Hosting", "host.home", Action.SEE_EVENT_WORK)


def of_network() -> Sequence[Door]:
    """Return the lead's links to the rules for new events, and to the list of themes."""
    hint = "Whose turn it is, guarantee, limit, and days to answer, as set for a new event."
    themes = "What hosts can choose for an event, and visitors can filter by."
    return (
        Door("Rules for new events", "rules.show", hint),
        Door("Themes of events", "rules.themes", themes),
    )


def history(event: Event, *, actor: Actor, now: datetime) -> WorkLink | None:
    """Return the link to an event's history, for those who may open it."""
    scope = Scope(event.host_school_id, event.id)
    if not permissions.may(actor, Action.SEE_EVENT_HISTORY, scope):
        return None
    url = url_for("host.history", slug=event.slug)
    return WorkLink("History", url, current=request.path == url)
