"""Write an event as a draft, and change one; a published event changes for everybody at once."""

import secrets
import uuid
from collections.abc import Collection, Sequence
from datetime import datetime
from itertools import chain, count

from booking.days.events import announcements, locks, ports, queries, shelf
from booking.days.events.details import (
    COLUMNS,
    DEADLINES,
    MATERIAL,
    REFRESH_LAG,
    URGENT,
    DateDetails,
    EventDetails,
    changed_fields,
    details_of,
    storable,
    traced,
)
from booking.days.events.models import (
    CostLine,
    Event,
    EventDate,
    EventFeePart,
    EventState,
    RemovedDate,
)
from booking.days.events.refusals import (
    EventIsOver,
    EventRefused,
    HostNotYours,
    NotPublished,
)
from booking.days.events.service import charges, dates, proposing, rules, themes
from booking.domain import minimum, permissions
from booking.domain.permissions import Action, Actor, Scope
from booking.domain.problems import Problem
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.foundation.files import service as files

#: Fixed at publication: the rule for sharing may not change once people may have acted on it.
FIXED = {
    "host_school_id": "The host stays the same once an event is published.",
    "host_places": "The host’s own places are fixed once an event is published.",
    "sharing": "How places are shared is fixed once an event is published.",
    "basis": "How places are shared is fixed once an event is published.",
    "guarantee": "The guarantee is fixed once an event is published.",
    "cap_per_school": "The limit for each school is fixed once an event is published.",
}


def write(*, actor: Actor, now: datetime, details: EventDetails) -> Event:
    """Save a new event as a draft, as it was typed: rules wait until it is published.

    Deadlines left empty are proposed from the date. Raises EventRefused for what could not be
    stored, HostNotYours.
    """
    _refuse_foreign_host(actor, details.host_school_id)
    details, unlisted = themes.with_listed_theme(details)
    _refuse([*rules.of_draft(details), *unlisted])
    details = proposing.completed(details.settled(), now=now)
    event = Event(
        slug=f"draft-{secrets.token_hex(6)}",
        uid=str(uuid.uuid4()),
        state=EventState.DRAFT,
        created_by_id=actor.person_id,
        created_at=now,
        modified_at=now,
    )
    _copy(details, event)
    db.session.add(event)
    audit.record(
        actor=actor, action="write_event", subject=event, school_id=event.host_school_id, now=now
    )
    return event


def change(
    *,
    actor: Actor,
    now: datetime,
    event: Event,
    details: EventDetails,
    ticked: Collection[str] | None = None,
) -> tuple[str, ...]:
    """Change an event and return the names of the fields that changed.

    A published event must stay publishable; those concerned are told about material changes.
    `ticked` is what was seen to speak against its new dates (`dates.require_ticks`). Raises
    EventRefused, HostNotYours, EventIsOver, DatesNotSeen.
    """
    event = locks.event(event.id)
    if event.state not in {EventState.DRAFT, EventState.PUBLISHED}:
        raise EventIsOver(f"{event.title} is {event.state.value}; it can no longer be changed.")
    if details.host_school_id != event.host_school_id:
        _refuse_foreign_host(actor, details.host_school_id)
    is_draft = event.state is EventState.DRAFT
    details, unlisted = themes.with_listed_theme(details, kept=event.theme)
    _refuse([*(rules.of_draft(details) if is_draft else problems(details)), *unlisted])
    before, details = details_of(event), details.settled()
    if is_draft:
        details = proposing.moved_along(before, details, now=now, proposed_at=event.modified_at)
    changes = changed_fields(before, details)
    if not changes:
        return ()
    in_spite_of: list[str] = []
    if event.state is EventState.PUBLISHED:
        _refuse(_published_problems(actor, now, event, before, details))
        in_spite_of = dates.of_change(before, details, event_id=event.id, now=now, ticked=ticked)
    was_urgent = is_urgent(event, now)
    removed = _copy(details, event)
    event.modified_at = now
    _record_change(actor, now, event, before, details, in_spite_of)
    if event.state is EventState.PUBLISHED:
        urgent = was_urgent or is_urgent(event, now)
        _number(event, changes, removed, now, urgent=urgent)
        db.session.flush()
        announcements.changed(
            event, actor=actor, now=now, changes=changes, before=before, urgent=urgent
        )
    return changes


def _published_problems(
    actor: Actor, now: datetime, event: Event, before: EventDetails, details: EventDetails
) -> list[Problem]:
    changes = changed_fields(before, details)
    return [
        *(Problem(name, words) for name, words in FIXED.items() if name in changes),
        *rules.missing(details),
        *_raised(before, details),
        *rules.past(details, now=now, before=before),
        *charges.problems(actor, details),
        *chain.from_iterable(ports.forbidden_changes(event, details)),
    ]


def _raised(before: EventDetails, details: EventDetails) -> list[Problem]:
    if not minimum.is_raised(before.min_pupils, details.min_pupils):
        return []
    words = "Schools and families have read the minimum number, so it can only be made smaller."
    return [Problem("min_pupils", words)]


def _record_change(
    actor: Actor,
    now: datetime,
    event: Event,
    before: EventDetails,
    details: EventDetails,
    in_spite_of: Sequence[str],
) -> None:
    changes = changed_fields(before, details)
    audit.record(
        actor=actor,
        action="change_event",
        subject=event,
        school_id=event.host_school_id,
        reason=event.fee_reason if "fee_reason" in changes else "",
        now=now,
        fields=list(changes),
        changed=traced(before, details),
        **({"in_spite_of": list(in_spite_of)} if in_spite_of else {}),
    )


def _number(
    event: Event,
    changes: Sequence[str],
    removed: Sequence[EventDate],
    now: datetime,
    *,
    urgent: bool,
) -> None:
    """Raise the numbers that tell calendars about a newer state, and remember what was removed."""
    if (MATERIAL | (URGENT if urgent else frozenset())) & set(changes):
        event.sequence += 1
    if set(DEADLINES) & set(changes):
        event.deadline_changes += 1
    for date in removed:
        event.removed_dates.append(
            RemovedDate(
                number=date.number,
                starts_at=date.starts_at,
                ends_at=date.ends_at,
                sequence=event.sequence,
                removed_at=now,
            )
        )


def is_urgent(event: Event, now: datetime) -> bool:
    """Return whether the event begins, or is running, before calendars would be fetched again."""
    if event.first_starts_at is None or event.last_ends_at is None:
        return False
    return event.first_starts_at - REFRESH_LAG <= now < event.last_ends_at


def discard(*, actor: Actor, now: datetime, event: Event) -> None:
    """Delete a draft. Raises EventIsOver for an event that has been published."""
    event = locks.whole(event.id)
    if event.state is not EventState.DRAFT:
        raise EventIsOver("Only a draft can be deleted. You can cancel a published event.")
    audit.record(
        actor=actor,
        action="discard_event",
        subject=event,
        school_id=event.host_school_id,
        now=now,
        title=event.title,
    )
    files.drop_all(owner=shelf.of_event(event, actor=actor), now=now)
    announcements.discarded(event, actor=actor, now=now)
    db.session.delete(event)


def locked_published(event: Event) -> Event:
    """Return the locked event, which must be published. Raises NotPublished."""
    event = locks.event(event.id)
    if event.state is not EventState.PUBLISHED:
        raise NotPublished(f"{event.title} is not published.")
    return event


def problems(details: EventDetails) -> list[Problem]:
    """Return what is wrong with an event as written, in itself and for its network."""
    found = rules.problems(details)
    if any(problem.field in {"low_year", "high_year"} for problem in found):
        return found
    years = (details.low_year, details.high_year)
    if not queries.has_guest_school(details.host_school_id, years):
        words = "No other school in the network has pupils in these years. Choose other years."
        found.append(Problem("low_year", words))
    if details.settled().host_places and not queries.has_years(details.host_school_id, years):
        words = "The host’s own school has no pupils in these years, so it cannot keep any places."
        found.append(Problem("host_places", words))
    return found


def _refuse(problems: Sequence[Problem]) -> None:
    if problems:
        raise EventRefused(problems)


def _refuse_foreign_host(actor: Actor, school_id: int) -> None:
    if actor.kind != "person":
        return
    if not permissions.may(actor, Action.WRITE_EVENTS, Scope(school_id)):
        raise HostNotYours


def _copy(details: EventDetails, event: Event) -> list[EventDate]:
    """Copy the details to the event; return the dates that it no longer has."""
    for name in COLUMNS:
        setattr(event, name, getattr(details, name))
    held = storable(details)
    event.drafted = {n: getattr(details, n) for n in held if held[n] != getattr(details, n)}
    if details.unread:
        event.drafted = {**event.drafted, "unread": dict(details.unread)}
    for name, number in held.items():
        setattr(event, name, number)
    event.first_starts_at, event.last_ends_at = details.first_starts_at, details.last_ends_at
    removed = _copy_dates(details.dates, event)
    parts = [(part.label, part.pence, part.fund) for part in event.fee_parts]
    if parts != [(part.label, part.pence, part.fund) for part in details.fee_parts]:
        event.fee_parts = [
            EventFeePart(position=n, label=part.label, pence=part.pence, fund=part.fund)
            for n, part in enumerate(details.fee_parts, start=1)
        ]
    if [(line.label, line.pence) for line in event.cost_lines] != [
        (line.label, line.pence) for line in details.cost_lines
    ]:
        event.cost_lines = [
            CostLine(position=n, label=line.label, pence=line.pence)
            for n, line in enumerate(details.cost_lines, start=1)
        ]
    return removed


def _copy_dates(wanted: Sequence[DateDetails], event: Event) -> list[EventDate]:
    """Keep the row, and so the calendar's number, of a date that moved.

    A date with the same start keeps its row; the remaining dates take the remaining rows. Returns
    the rows left over; a number is never used again.
    """
    rows = {row.starts_at: row for row in event.dates}
    used = [*(row.number for row in event.dates), *(row.number for row in event.removed_dates)]
    kept = [rows.pop(date.starts_at, None) for date in wanted]
    spare = sorted(rows.values(), key=lambda row: row.number)
    fresh = (EventDate(number=number) for number in count(max(used, default=0) + 1))
    found = []
    for date, same in zip(wanted, kept, strict=True):
        row = same or (spare.pop(0) if spare else next(fresh))
        row.starts_at, row.ends_at = date.span
        row.venue, row.venue_address = date.place
        found.append(row)
    event.dates = sorted(found, key=lambda row: row.starts_at)
    return spare
