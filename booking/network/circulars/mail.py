"""The mails that carry circulars: one for each reader, one for the day, one to try it."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from functools import cached_property
from typing import Any

from markupsafe import Markup, escape

from booking.days.events import words as event_words
from booking.days.places.models import Booking
from booking.days.places.service import invitations
from booking.domain import circulars
from booking.domain.circulars import TO_FAMILIES
from booking.domain.filing import MEDIA_TYPES
from booking.foundation.db import db
from booking.foundation.notifications import service as notifications
from booking.foundation.notifications.render import absolute_url
from booking.foundation.web import addresses, markdown
from booking.network.circulars import shelf
from booking.network.circulars.details import CircularReader
from booking.network.circulars.models import Circular, CircularCopy
from booking.people.schools import queries as school_queries
from booking.people.schools.models import Person


class OutgoingCircular:
    """A circular on its way: what every copy has is worked out once, however many there are."""

    def __init__(self, circular: Circular) -> None:
        self.circular = circular

    @cached_property
    def html(self) -> str:
        """The text with its marks, its blanks still empty."""
        return str(markdown.as_html(self.circular.text))

    @cached_property
    def reply_to(self) -> str:
        """Whom answers reach."""
        return school_queries.person_or_lead(self.circular.written_by_id)

    @cached_property
    def files(self) -> list[notifications.CarriedFile]:
        """The files that go with it."""
        return [
            notifications.CarriedFile(file.sha256, file.name, MEDIA_TYPES[file.content.kind])
            for file in shelf.carried(self.circular)
        ]


def send(outgoing: OutgoingCircular, copy: CircularCopy, *, now: datetime) -> None:
    """Queue the mail of one copy."""
    circular, person = outgoing.circular, copy.person
    if person is None:
        _send_to_family(outgoing, copy, now=now)
        return
    copy.mail_key = f"circular:{circular.id}:person:{person.id}"
    if person.disabled_at is not None:
        return  # since its readers were found
    notifications.queue(
        key=copy.mail_key,
        to=person.email,
        template="circular",
        now=now,
        files=outgoing.files,
        keep_until=circular.event.last_ends_at if circular.event else None,
        **_words(outgoing, person.name, _school_name(copy)),
    )


def _send_to_family(outgoing: OutgoingCircular, copy: CircularCopy, *, now: datetime) -> None:
    circular, parent = outgoing.circular, copy.parent
    assert parent is not None, "a copy is a person's or a parent's"
    booking = db.session.get_one(Booking, copy.booking_id)
    event = circular.event
    assert event is not None, "families are written to about an event"
    copy.mail_key = f"circular:{circular.id}:parent:{parent.id}"
    if not parent.email:
        return  # since its readers were found
    _, url = invitations.new_link(event, booking, parent, now=now)
    name = parent.name or "parent or carer"
    notifications.queue(
        key=copy.mail_key,
        to=parent.email,
        template="circular_to_family",
        now=now,
        files=outgoing.files,
        keep_until=event.last_ends_at,
        **{
            **invitations.of_family(booking),
            **_words(outgoing, name, booking.school.name, booking.pupil.forename),
            "action_url": url,
            "action_label": "Open your child’s page",
        },
    )


def send_together(
    person: Person,
    waiting: Sequence[tuple[CircularCopy, OutgoingCircular]],
    *,
    on: date,
    now: datetime,
) -> None:
    """Queue one mail with everything that has waited for somebody; it is theirs of this day.

    What came after the day's mail had been queued has a number of its own in the key.
    """
    key = f"circulars:{on.isoformat()}:{waiting[0][0].id}:person:{person.id}"
    parts = []
    for copy, outgoing in waiting:
        copy.mail_key = key
        words = _words(outgoing, person.name, _school_name(copy))
        parts.append({name: words[name] for name in ("subject_line", "html", "writer")})
    if person.disabled_at is not None:
        return
    notifications.queue(
        key=key,
        to=person.email,
        template="circulars_of_day",
        now=now,
        files=[file for _, outgoing in waiting for file in outgoing.files],
        reply_to=waiting[0][1].reply_to,
        name=person.name,
        parts=parts,
    )


def send_trial(circular: Circular, reader: CircularReader, *, to: str, now: datetime) -> None:
    """Queue a copy for whoever writes it; nobody's private link is in it."""
    notifications.queue(
        key=f"circular_trial:{circular.id}:{now.isoformat()}",
        to=to,
        template="circular_trial",
        now=now,
        files=OutgoingCircular(circular).files,
        **preview(circular, reader),
    )


def preview(circular: Circular, reader: CircularReader) -> dict[str, Any]:
    """Return the words of a reader's copy, as they would be sent now."""
    name = reader.name or "parent or carer"
    return {
        **_words(OutgoingCircular(circular), name, reader.school_name, reader.child),
        "has_link": circular.readership in TO_FAMILIES,
    }


def _words(
    outgoing: OutgoingCircular, name: str, school_name: str, child: str = ""
) -> dict[str, Any]:
    circular = outgoing.circular
    event = circular.event
    facts = {"name": name, "school": school_name, "child": child}
    if event is not None:
        facts |= {"event": event.title, "when": event_words.when(event)}
    page = addresses.EVENT(slug=event.slug) if event is not None else None
    return {
        "reply_to": outgoing.reply_to,
        "subject_line": circulars.filled(circular.subject, facts),
        "html": _html(outgoing.html, facts),
        "writer": circular.written_by.name,
        "for_school": circular.school.name if circular.school else "",
        "about_event": event.title if event is not None else "",
        "action_url": absolute_url(page) if page is not None else "",
        "action_label": "Open the event",
    }


def _html(html: str, facts: Mapping[str, str]) -> Markup:
    """Fill in the blanks after the marks were read: no name makes a mark."""
    escaped = {name: str(escape(fact)) for name, fact in facts.items()}
    return Markup(circulars.filled(html, escaped))  # noqa: S704 - all escaped


def _school_name(copy: CircularCopy) -> str:
    return copy.school.name if copy.school is not None else ""
