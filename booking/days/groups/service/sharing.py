"""Share the workshops out once families have chosen, and tell them."""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import select

from booking.days.events.models import Event
from booking.days.groups import mail, refusals
from booking.days.groups.models import WorkshopChoice
from booking.days.groups.queries import workshops
from booking.days.groups.service import offering, seating
from booking.days.places import queries as place_queries
from booking.domain import terms
from booking.domain.permissions import Actor
from booking.domain.workshops import record, sharing
from booking.domain.workshops.choices import Half, Seated
from booking.foundation.audit import service as audit
from booking.foundation.db import db


def outcome(event: Event, row: WorkshopChoice) -> tuple[Seated, str, str]:
    """Return who would go where now, the record of it, and its digest: the same until published."""
    day = workshops.day_of(event, workshops.workshops(event.id), row.seed)
    seated = sharing.share_out(day)
    made = record.record(day, seated)
    return seated, record.text_of(made), str(made["sha256"])


def share(*, actor: Actor, now: datetime, event: Event, seen: str) -> int:
    """Share the workshops out as the person has seen it, and tell families; return for how many.

    `seen` is the digest of what was looked at. Raises NotClosedYet, SharedAlready, WishesChanged,
    WorkshopsFixed.
    """
    offering.lock_live(event, now)
    row = workshops.choice(event.id)
    if row is None or now < row.closes_at:
        until = f" until {terms.deadline_text(row.closes_at)}" if row else ""
        raise refusals.NotClosedYet(f"Families can still choose{until}.")
    if row.shared_at is not None:
        raise refusals.SharedAlready
    seated, text, digest = outcome(event, row)
    if digest != seen:
        raise refusals.WishesChanged
    assert record.verify(text, commitment=row.seed_commitment, sha256=digest) == []
    row.shared_at, row.shared_by_id = now, actor.person_id
    row.record, row.digest = text, digest
    _sit(event, seated)
    audit.record(
        actor=actor,
        action="share_workshops",
        subject=event,
        school_id=event.host_school_id,
        now=now,
        pupils=len({reference for found in seated.values() for reference in found}),
        digest=digest,
    )
    bookings = place_queries.expected(event.id)
    mail.tell_families(event, bookings, workshops.titles_by_booking(event.id), now=now)
    return len(bookings)


def _sit(event: Event, seated: Seated) -> None:
    found = {booking.public_id: booking for booking in place_queries.expected(event.id)}
    offered = {each.public_id: each for each in workshops.workshops(event.id)}
    halls = seating.Seating(event)
    for half in Half:
        for reference, workshop in sorted(seated[half].items()):
            halls.sit(found[reference], offered[workshop], half)
    db.session.flush()


def problems() -> Iterator[str]:
    """Yield each sharing whose record is not what was shown, or not what the rule gives."""
    kept = select(WorkshopChoice).where(WorkshopChoice.record.is_not(None))
    for row in db.session.scalars(kept):
        for problem in record.verify(
            row.record or "", commitment=row.seed_commitment, sha256=row.digest or ""
        ):
            yield f"workshops of event {row.event_id}: {problem}"
