"""Mail about a meeting to everybody invited, with a file for their calendar."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select

from booking.days.events import mail as event_mail
from booking.domain.terms import london
from booking.foundation.db import db
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.render import base_url
from booking.network.meetings import ical, queries, words
from booking.network.meetings.models import Meeting
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person

#: What each field is called in a sentence about a change.
FIELD_NAMES = {
    "kind": "what kind of meeting it is",
    "title": "the title",
    "starts_at": "the day or time",
    "ends_at": "the day or time",
    "host_school_id": "the place",
    "venue": "the place",
    "link": "the link to join online",
    "notes": "the agenda and notes",
}


def tell_of_call(meeting: Meeting, guests: Select[Person], *, now: datetime) -> None:
    """Invite everybody."""
    facts = _facts(meeting)
    for person in db.session.scalars(guests):
        _invite(meeting, person, facts, now=now)


def tell_guest(meeting: Meeting, person: Person, *, now: datetime) -> None:
    """Invite one person more."""
    _invite(meeting, person, _facts(meeting), now=now)


def tell_of_change(
    meeting: Meeting,
    guests: Select[Person],
    *,
    known: Collection[int],
    told: Sequence[str],
    asked_again: bool,
    now: datetime,
) -> None:
    """Tell those already invited (`known`, by id) what changed, and invite the others."""
    facts = _facts(meeting)
    changed = list(dict.fromkeys(FIELD_NAMES[name] for name in told))
    for person in db.session.scalars(guests):
        if person.id not in known:
            _invite(meeting, person, facts, now=now)
        elif changed:
            key = f"meeting_changed:{meeting.id}:{meeting.sequence}:person:{person.id}"
            more = {"changed": changed, "asked_again": asked_again}
            _write(meeting, person, "meeting_changed", key, facts | more, now=now)


def tell_of_cancellation(meeting: Meeting, guests: Select[Person], *, now: datetime) -> None:
    """Tell everybody that the meeting is cancelled, and why."""
    facts = _facts(meeting) | {"reason": meeting.cancelled_reason}
    for person in db.session.scalars(guests):
        key = f"meeting_cancelled:{meeting.id}:person:{person.id}"
        _write(meeting, person, "meeting_cancelled", key, facts, now=now)


def _invite(meeting: Meeting, person: Person, facts: dict[str, Any], *, now: datetime) -> None:
    key = f"meeting_called:{meeting.id}:person:{person.id}"
    _write(meeting, person, "meeting_called", key, facts, now=now)


def _write(
    meeting: Meeting,
    person: Person,
    template: str,
    key: str,
    facts: dict[str, Any],
    *,
    now: datetime,
) -> None:
    notifications.queue(
        key=key,
        to=person.email,
        template=template,
        now=now,
        keep_until=meeting.ends_at,
        name=person.name,
        **facts,
    )


def _facts(meeting: Meeting) -> dict[str, Any]:
    content = ical.meeting_calendar(meeting, base_url=base_url())
    name = f"meeting-{london(meeting.starts_at):%Y-%m-%d}.ics"
    return {
        "reply_to": school_queries.person_or_lead(meeting.called_by_id),
        "title": meeting.title,
        "kind": words.KIND_NAMES[meeting.kind],
        "when": words.when(meeting),
        "where": words.where(meeting),
        "link": meeting.link,
        "notes": meeting.notes,
        "for_whom": queries.for_whom(meeting),
        "attachment": event_mail.calendar_attachment(name, content),
        "action_url": ical.address(meeting, base_url()),
        "action_label": "Open the meeting",
    }
