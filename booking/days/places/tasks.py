"""Tasks for a coordinator: answer offers, name pupils, chase replies, ask for places."""

from datetime import datetime

from flask import url_for

from booking.days.places import queries
from booking.domain import english
from booking.foundation.web.task_lists import Task
from booking.people.schools.details import SchoolLine

#: How many events that the school could ask for become tasks; the rest are in the listing.
OPEN_EVENTS_MAX = 5
#: Stands in for an event's slug, which has no capitals.
ANY = "SLUG"


def school_tasks(*, school: SchoolLine, now: datetime) -> list[Task]:
    """Return what needs doing with places."""
    return [
        *_offers(school, now),
        *_names(school, now),
        *_letters(school),
        *_replies(school, now),
        *_requests(school, now),
    ]


def _offers(school: SchoolLine, now: datetime) -> list[Task]:
    url = _url("offers")
    return [
        Task(
            title=f"Accept or decline a place at {due.title}",
            url=url.replace(ANY, due.slug),
            hint="A place has come back, and you are next in the queue.",
            due_at=due.due_at,
            tag="Offer",
            tone="info",
        )
        for due in queries.offers_due(school.id, now=now)
    ]


def _names(school: SchoolLine, now: datetime) -> list[Task]:
    url = _url("names")
    return [
        Task(
            title=f"Name {english.plural(due.count, 'pupil')} for {due.title}",
            url=url.replace(ANY, due.slug),
            hint="Places without a name go to the next school in the queue.",
            due_at=due.due_at,
            tag="Names",
            tone="warn",
        )
        for due in queries.names_due(school.id, now=now)
    ]


def _replies(school: SchoolLine, now: datetime) -> list[Task]:
    url = _url("answers")
    return [
        Task(
            title=f"{english.plural(due.count, 'parent has', 'parents have')} not replied about "
            f"{due.title}",
            url=url.replace(ANY, due.slug),
            hint="Parents have been asked. You can record a paper reply for them.",
            due_at=due.due_at,
            tag="Replies",
        )
        for due in queries.replies_due(school.id, now=now)
    ]


def _letters(school: SchoolLine) -> list[Task]:
    url = _url("answers")
    return [
        Task(
            title=f"{english.plural(due.count, 'parent')} to ask on paper about {due.title}",
            url=url.replace(ANY, due.slug),
            hint="They have no e-mail address. Their days to answer begin when you say that you "
            "gave them the letter.",
            due_at=due.due_at,
            tag="Letters",
            tone="warn",
        )
        for due in queries.letters_due(school.id)
    ]


def _requests(school: SchoolLine, now: datetime) -> list[Task]:
    return [
        Task(
            title=f"Ask for places at {event.title}, if you would like some",
            url=url_for("school.event", slug=event.slug, _anchor="request"),
            hint=", ".join(filter(None, (event.theme, f"at {event.venue}"))),
            due_at=event.requests_close_at,
            tag="Request",
        )
        for event in queries.open_events(school, now=now, limit=OPEN_EVENTS_MAX)
    ]


def _url(anchor: str) -> str:
    """Return the address of an event's page at `anchor`, for event ANY, made once for a list."""
    return url_for("school.event", slug=ANY, _anchor=anchor)
