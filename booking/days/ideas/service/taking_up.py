"""Take an idea up: a draft of an event is made from it, once, and its people are told."""

from datetime import datetime

from booking.days.events import queries as event_queries
from booking.days.events import service as events
from booking.days.events.models import Event
from booking.days.ideas import queries
from booking.days.ideas.models import Idea
from booking.days.ideas.refusals import HostNotTheirs
from booking.days.ideas.service import mail, proposing
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db


def take_up(*, actor: Actor, now: datetime, idea: Idea, host_school_id: int) -> Event:
    """Begin a draft of an event from an idea, hosted by a school that the actor hosts for.

    Raises IdeaNotOpen, HostNotTheirs.
    """
    idea = proposing.open_one(idea)
    details = events.EventDetails(
        title=idea.title,
        host_school_id=host_school_id,
        low_year=idea.low_year,
        high_year=idea.high_year,
        places=0,
        concept=idea.details,
        **event_queries.network_rules().of_event(),
    )
    try:
        event = events.write(actor=actor, now=now, details=details)
    except events.HostNotYours as refusal:
        raise HostNotTheirs(str(refusal)) from refusal
    db.session.flush()
    idea.event_id, idea.taken_up_by_id, idea.taken_up_at = event.id, actor.person_id, now
    audit.record(
        actor=actor,
        action="take_up_idea",
        subject=idea,
        school_id=host_school_id,
        now=now,
        event_id=event.id,
    )
    db.session.refresh(idea, ["event", "taken_up_by"])
    mail.tell_of_taking_up(idea, event, actor=actor, now=now)
    return event


def follow_publication(event: Event, *, actor: Actor, now: datetime) -> None:
    """Tell whoever had the idea that it has become an event; coordinators were told already."""
    idea = queries.of_event(event.id)
    if idea is not None:
        mail.tell_of_publication(idea, event, now=now)
