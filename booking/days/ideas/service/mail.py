"""Mail about ideas, to whoever had one and to whoever seconded it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from booking.days.events import mail as event_mail
from booking.days.events.models import Event
from booking.days.ideas import queries, words
from booking.days.ideas.details import NOTICE
from booking.days.ideas.models import Idea, IdeaSecond, IdeaState
from booking.domain import english, terms
from booking.domain.permissions import Actor
from booking.foundation.db import db
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.models import Message
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person

TEMPLATE = "idea_news"
#: For how long news about an idea is worth sending.
KEPT = timedelta(days=60)


def tell_of_seconds(
    person: Person, seconds: Sequence[tuple[IdeaSecond, Idea]], *, now: datetime
) -> Message | None:
    """Tell somebody who seconds their ideas; None if they had such a mail today."""
    lines = [
        f"“{idea.title}”: {second.school.name}, about {english.plural(second.pupils, 'pupil')}."
        for second, idea in seconds
    ]
    return _write(
        person,
        seconds[0][1],
        key=f"idea_seconded:{person.id}:{terms.london(now).date()}",
        heading="Other schools would come",
        lines=["These schools second an idea of yours:", *lines],
        now=now,
    )


def tell_of_taking_up(idea: Idea, event: Event, *, actor: Actor, now: datetime) -> None:
    """Tell everybody behind an idea that somebody makes an event of it."""
    lines = [
        f"{event.host_school.name} has taken up “{idea.title}” and is writing the event. "
        "Nothing has been fixed yet: you will be told when it is published, and can then ask for "
        "places."
    ]
    _to_all(idea, actor, f"idea_taken_up:{idea.id}:{event.id}", "Taken up", lines, now)


def tell_of_publication(idea: Idea, event: Event, *, now: datetime) -> None:
    """Tell whoever had an idea that its event is published, unless they were told of the event."""
    person = db.session.get(Person, idea.proposed_by_id) if idea.proposed_by_id else None
    if person is None or person.disabled_at is not None:
        return
    _write(
        person,
        idea,
        key=event_mail.published_key(event, person.id),
        heading="Your idea has become an event",
        lines=[
            f"“{idea.title}” is published as {event.title}, hosted by {event.host_school.name}."
        ],
        now=now,
    )


def tell_of_end(idea: Idea, *, actor: Actor, now: datetime) -> None:
    """Tell everybody behind an idea that it is closed, and why."""
    declined = idea.state is IdeaState.DECLINED
    said = "will not become an event this time" if declined else "has been closed"
    lines = [f"“{idea.title}” {said}.", f"The reason given: {idea.closed_word}"]
    _to_all(idea, actor, f"idea_closed:{idea.id}", "An idea is closed", lines, now)


def tell_of_silence(idea: Idea, *, now: datetime) -> None:
    """Tell whoever had an idea that it will be closed unless somebody adds to it."""
    person = db.session.get(Person, idea.proposed_by_id) if idea.proposed_by_id else None
    if person is None or person.disabled_at is not None:
        return
    _write(
        person,
        idea,
        key=f"idea_silent:{idea.id}:{idea.touched_at.date()}",
        heading="Is this idea still wanted?",
        lines=[
            f"Nobody has added to “{idea.title}” for eleven months. It will be closed after "
            f"{terms.day_text(terms.london(now + NOTICE).date())}. If it is still wanted, change "
            "it, even by a word."
        ],
        now=now,
    )


def _to_all(
    idea: Idea, actor: Actor, key: str, heading: str, lines: Iterable[str], now: datetime
) -> None:
    for person in queries.people_behind(idea):
        if person.id != actor.person_id:
            _write(person, idea, key=f"{key}:{person.id}", heading=heading, lines=lines, now=now)


def _write(
    person: Person,
    idea: Idea,
    *,
    key: str,
    heading: str,
    lines: Iterable[str],
    now: datetime,
) -> Message | None:
    return notifications.queue(
        key=key,
        to=person.email,
        template=TEMPLATE,
        now=now,
        keep_until=now + KEPT,
        reply_to=school_queries.lead(),
        name=person.name,
        title=idea.title,
        years=words.years(idea),
        heading=heading,
        lines=list(lines),
        action_url=absolute_url(addresses.IDEA(public_id=idea.public_id)),
        action_label="See the idea",
    )
