"""What the record of who leads adds to the pages about the work on an event."""

from datetime import datetime

from flask import request, url_for

from booking.days.events.models import Event
from booking.days.events.ports import Panel, WorkLink
from booking.days.leading import queries, words
from booking.domain import permissions
from booking.domain.permissions import Action, Actor, Scope


def link(event: Event, *, actor: Actor, now: datetime) -> WorkLink | None:
    """Return the link to the record, for people who may write it."""
    if not permissions.may(actor, Action.EDIT_EVENT, _scope(event)):
        return None
    url = url_for("leading.leaders", slug=event.slug)
    return WorkLink("Who leads", url, current=request.path == url)


def work(event: Event, *, actor: Actor, now: datetime) -> Panel | None:
    """Show who leads; the pupils' names only to those who look after everybody on the day."""
    leading = queries.of_event(event.id)
    if leading is None:
        return None
    sees_names = permissions.may(actor, Action.TAKE_REGISTER, _scope(event))
    return Panel(
        "days/leading/_work.html",
        {
            "leading": leading,
            "words": words,
            "names": [pupil.name for pupil in leading.pupils] if sees_names else [],
            "may_edit": permissions.may(actor, Action.EDIT_EVENT, _scope(event)),
        },
    )


def _scope(event: Event) -> Scope:
    return Scope(event.host_school_id, event.id)
