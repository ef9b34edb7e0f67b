"""What questions add to other pages: the host's link, and what a school has to answer."""

from datetime import datetime

from flask import request, url_for

from booking.days.events import states as event_states
from booking.days.events.models import Event
from booking.days.events.ports import WorkLink
from booking.days.places.ports import SchoolPanel
from booking.days.questions import queries
from booking.domain import permissions
from booking.domain.asking import AskedOf
from booking.domain.permissions import Action, Actor, Scope
from booking.people.schools.models import School


def work_link(event: Event, *, actor: Actor, now: datetime) -> WorkLink | None:
    """Return the link to what is asked, for people who run the event."""
    scope = Scope(event.host_school_id, event.id)
    if not permissions.may(actor, Action.EDIT_EVENT, scope):
        return None
    here = request.endpoint in {"questions.listing", "questions.ask"}
    url = url_for("questions.listing", slug=event.slug)
    return WorkLink("Questions", url, current=here)


def of_school(event: Event, *, school: School, now: datetime) -> SchoolPanel | None:
    """Show a school that comes what the host asks, and whether it has answered for itself."""
    asked = queries.of_event(event.id)
    if not asked or school.id not in {one.id for one in queries.schools_coming(event.id)}:
        return None
    own = [question for question in asked if question.of is AskedOf.SCHOOL]
    told = queries.of_school(event.id, school.id) if own else {}
    facts = {
        "labels": [question.label for question in asked],
        "own": [(q.label, told[q.id].in_words if q.id in told else "") for q in own],
        "unanswered": [question.label for question in own if question.id not in told],
        "is_open": event_states.is_live(event, now),
    }
    return SchoolPanel("days/questions/_school_panel.html", facts, where="outcome")
