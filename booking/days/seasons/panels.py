"""What season plans add to event pages: how places are shared, and who to name."""

from datetime import datetime

from flask import url_for

from booking.days.events import ports as event_ports
from booking.days.events.models import Event
from booking.days.places import ports as place_ports
from booking.days.seasons import pages, queries, words
from booking.days.seasons.models import PlanState
from booking.domain.permissions import Actor
from booking.people.schools.models import School


def rule(event: Event) -> event_ports.SharingRule | None:
    """Return how a plan shares the places of an event, instead of the event's own rule."""
    mark = queries.mark_of(event.id)
    return event_ports.SharingRule(words.RULE_NAME, words.event_rule(mark, event)) if mark else None


def event_page(event: Event, *, actor: Actor, now: datetime) -> event_ports.Panel | None:
    """Return a link from an event's page to its plan."""
    mark = queries.mark_of(event.id)
    if mark is None:
        return None
    facts = {"mark": mark, "url": url_for("seasons.public_plan", slug=mark.slug)}
    return event_ports.Panel("days/seasons/_event_panel.html", facts, where="sharing")


def school_page(event: Event, *, school: School, now: datetime) -> place_ports.SchoolPanel | None:
    """Return a link to a school's wishes; once the plan is accepted, propose who to name."""
    mark = queries.mark_of(event.id)
    if mark is None:
        return None
    facts = {"mark": mark, "url": url_for("seasons.wishes", slug=mark.slug), "now": now}
    if mark.state is PlanState.ACCEPTED:
        proposed = pages.proposed_names(event, school)
        facts |= {"proposed": proposed, "names": pages.names_of(proposed, school)}
    return place_ports.SchoolPanel("days/seasons/_school_panel.html", facts)
