"""What allocation adds to an event's pages: links to the explanation and to the host's work."""

from datetime import datetime

from flask import request, url_for

from booking.days.allocation import queries
from booking.days.events.models import Event, Sharing
from booking.days.events.ports import Panel, WorkLink
from booking.days.seasons import queries as season_queries
from booking.days.seasons.models import PlanState
from booking.domain import permissions
from booking.domain.permissions import Action, Actor, Scope

_WORK = {
    Sharing.FAIR_ROUND: ("Round", "allocation.round_page"),
    Sharing.SET_QUOTAS: ("Quotas", "allocation.quotas"),
}


def was_planned(event_id: int) -> bool:
    """Return whether an accepted season plan shared the places of an event."""
    mark = season_queries.mark_of(event_id)
    return mark is not None and mark.state is PlanState.ACCEPTED


def explanation(event: Event, *, actor: Actor, now: datetime) -> Panel:
    """Return a link to how places are, or were, shared."""
    return Panel(
        template="days/allocation/_panel.html",
        facts={
            "url": url_for("allocation.explanation", slug=event.slug),
            "was_run": queries.was_run(event.id) or was_planned(event.id),
        },
        where="sharing",
    )


def work(event: Event, *, actor: Actor, now: datetime) -> WorkLink | None:
    """Return a link to the round, for people who may run it."""
    scope = Scope(event.host_school_id, event.id)
    if event.sharing not in _WORK or not permissions.may(actor, Action.RUN_ROUND, scope):
        return None
    if event.published_at is None:
        return None
    label, endpoint = _WORK[event.sharing]
    url = url_for(endpoint, slug=event.slug)
    return WorkLink(label, url, current=request.path.startswith(url))
