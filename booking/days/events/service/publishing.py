"""Publish an event, cancel it, close it, or repeat it next year."""

import re
import secrets
import unicodedata
from collections.abc import Collection
from datetime import datetime

from booking.days.events import announcements, locks, ports, queries, states
from booking.days.events.details import EventDetails, details_of
from booking.days.events.models import Event, EventState
from booking.days.events.refusals import (
    EventRefused,
    NotADraft,
    NotOverYet,
    NotToPublish,
    OverAlready,
)
from booking.days.events.service import charges, dates, rules, writing
from booking.domain import terms
from booking.domain.allocation import draw
from booking.domain.permissions import Actor
from booking.domain.problems import Problem
from booking.domain.reasons import ReasonMissing
from booking.foundation.audit import service as audit

SLUG_MAX = 60


def publication_problems(actor: Actor, *, now: datetime, details: EventDetails) -> list[Problem]:
    """Return everything that prevents a draft from being published."""
    return [
        *writing.problems(details),
        *rules.missing(details),
        *rules.past(details, now=now, before=None),
        *charges.problems(actor, details),
    ]


def publish(
    *,
    actor: Actor,
    now: datetime,
    event: Event,
    fee_reason: str = "",
    ticked: Collection[str] | None = None,
) -> Event:
    """Publish a draft: its address is fixed, its lottery is sealed, and its places come into being.

    `fee_reason` is why a charge is kept in spite of a warning; `ticked` is what was seen to speak
    against the dates (`dates.require_ticks`). Raises NotADraft, NotToPublish, EventRefused,
    DatesNotSeen.
    """
    event = locks.event(event.id)
    if event.state is not EventState.DRAFT:
        raise NotADraft(f"{event.title} has already been published.")
    if refused := ports.not_published(event, actor=actor):
        raise NotToPublish(refused[0])
    if fee_reason:
        event.fee_reason = fee_reason
    if problems := publication_problems(actor, now=now, details=details_of(event)):
        raise EventRefused(problems)
    found = dates.check(details_of(event), event_id=event.id, now=now)
    in_spite_of = dates.require_ticks(found, ticked)
    event.state = states.move(event.state, EventState.PUBLISHED)
    event.slug = _free_slug(event)
    event.seed = secrets.token_hex(32)
    event.seed_commitment = draw.new_commitment(event.seed)
    event.published_at = event.modified_at = now
    audit.record(
        actor=actor,
        action="publish_event",
        subject=event,
        school_id=event.host_school_id,
        reason=event.fee_reason,
        now=now,
        slug=event.slug,
        places=event.places,
        seed_commitment=event.seed_commitment,
        in_spite_of=in_spite_of,
    )
    announcements.published(event, actor=actor, now=now)
    return event


def cancel(*, actor: Actor, now: datetime, event: Event, reason: str) -> Event:
    """Cancel a published event; other features end bookings, return money and tell people.

    Raises NotPublished, OverAlready, ReasonMissing.
    """
    event = writing.locked_published(event)
    check_not_over(event, now)
    if not reason.strip():
        raise ReasonMissing("Say why the event is cancelled. Everybody concerned will be told.")
    event.state = states.move(event.state, EventState.CANCELLED)
    event.cancelled_at = event.modified_at = now
    event.cancelled_reason = reason.strip()
    event.sequence += 1
    audit.record(
        actor=actor,
        action="cancel_event",
        subject=event,
        school_id=event.host_school_id,
        reason=event.cancelled_reason,
        now=now,
    )
    announcements.cancelled(event, actor=actor, now=now)
    return event


def close(*, actor: Actor, now: datetime, event: Event) -> Event:
    """Close an event that is over; the fund does this when its money is settled.

    Raises NotPublished, NotOverYet.
    """
    event = writing.locked_published(event)
    check_over(event, now)
    event.state = states.move(event.state, EventState.CLOSED)
    event.modified_at = now
    audit.record(
        actor=actor, action="close_event", subject=event, school_id=event.host_school_id, now=now
    )
    return event


def check_over(event: Event, now: datetime) -> None:
    """Raise NotOverYet before the end of an event's last date."""
    if not states.is_over(event, now):
        raise NotOverYet("An event can only be closed after its last date.")


def check_not_over(event: Event, now: datetime) -> None:
    """Raise OverAlready once an event's last date has ended."""
    if states.is_over(event, now):
        raise OverAlready(
            f"The last date of {event.title} is over, so it can no longer be cancelled. If money "
            "has to go back to somebody, ask the network’s treasurer."
        )


def _free_slug(event: Event) -> str:
    assert event.first_starts_at is not None, "an event without a date is not published"
    year = terms.london(event.first_starts_at).year
    stem = f"{slugify(event.title)}-{year}"
    taken = queries.slugs_like(stem)
    wanted = stem
    number = 2
    while wanted in taken:
        wanted, number = f"{stem}-{number}", number + 1
    return wanted


def slugify(title: str) -> str:
    """Return the plain letters and digits of a title, joined by hyphens."""
    plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().casefold()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:SLUG_MAX].strip("-") or "event"
