"""Write a circular, change it, try it on oneself, let it go, stop it or throw it away."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from booking.days.events.models import EventState
from booking.domain import circulars, school_phases, terms
from booking.domain.charging import FeeKind
from booking.domain.circulars import Readership
from booking.domain.permissions import Actor, Role
from booking.domain.problems import Problem
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.foundation.files import service as files
from booking.foundation.files import words as file_words
from booking.network.circulars import locks, mail, queries, shelf
from booking.network.circulars.details import CircularDetails, Speaker, speaker_of
from booking.network.circulars.models import Circular, CircularTemplate
from booking.network.circulars.refusals import (
    AlreadySent,
    BadTime,
    CircularRefused,
    NoReaders,
    TooHeavy,
    TooSoon,
)

#: How many bytes of files go with one mail: many mailboxes are small.
CARRIED_MAX = 1024 * 1024
#: How far ahead a circular may wait: later, nobody remembers that it goes out.
AHEAD_MAX = timedelta(days=180)


def write(
    *,
    actor: Actor,
    now: datetime,
    speaker: Speaker,
    details: CircularDetails,
    template: CircularTemplate | None = None,
) -> Circular:
    """Keep a new draft, perhaps started from a template. Raises CircularRefused."""
    _check(speaker, details)
    assert actor.person_id is not None, "circulars are written by people"
    event = speaker.event
    circular = Circular(
        event_id=event.id if event else None,
        school_id=speaker.scope.school_id,
        written_by_id=actor.person_id,
        written_at=now,
    )
    _copy(details, circular)
    db.session.add(circular)
    db.session.flush()
    if template is not None:
        template.used_at = now
    _record(actor, "write_circular", circular, now)
    return circular


def change(*, actor: Actor, now: datetime, circular: Circular, details: CircularDetails) -> None:
    """Change what has not gone out yet. Raises CircularRefused, AlreadySent."""
    circular = _locked(circular)
    _check(speaker_of(circular), details)
    _copy(details, circular)
    _record(actor, "change_circular", circular, now)


def try_out(*, actor: Actor, now: datetime, circular: Circular, to: str) -> None:
    """Send a copy to whoever writes it, as a first reader would see it. Raises NoReaders."""
    first = queries.reach(circular).first
    if first is None:
        raise NoReaders("Nobody would receive this, so there is nothing to try.")
    mail.send_trial(circular, first, to=to, now=now)
    _record(actor, "try_circular", circular, now)


def send(*, actor: Actor, now: datetime, circular: Circular, at: datetime | None) -> datetime:
    """Let a circular go out at an instant, or at once; return when.

    Whoever is in its readership then receives it. Raises AlreadySent, BadTime, NoReaders, TooHeavy,
    TooSoon.
    """
    circular = _locked(circular)
    when = at or now
    if when < now or when > now + AHEAD_MAX:
        days = f"{AHEAD_MAX.days} days"
        raise BadTime(f"Choose a day and time to come, at most {days} from now.")
    if not queries.reach(circular).count:
        raise NoReaders("Nobody would receive this. Choose other readers.")
    _check_size(circular)
    _check_not_too_soon(circular, when)
    circular.send_at = when
    _record(actor, "send_circular", circular, now, at=when.isoformat())
    return when


def stop(*, actor: Actor, now: datetime, circular: Circular) -> None:
    """Make a circular that waits for its time a draft again. Raises AlreadySent."""
    circular = _locked(circular)
    circular.send_at = None
    _record(actor, "stop_circular", circular, now)


def discard(*, actor: Actor, now: datetime, circular: Circular) -> None:
    """Delete a circular that has not gone out. Raises AlreadySent."""
    circular = _locked(circular)
    _record(actor, "discard_circular", circular, now)
    files.drop_all(owner=shelf.of_circular(circular), now=now)
    db.session.delete(circular)


def _check(speaker: Speaker, details: CircularDetails) -> None:
    if found := tuple(_problems(speaker, details)):
        raise CircularRefused(found)


def _problems(speaker: Speaker, details: CircularDetails) -> Iterator[Problem]:
    if details.readership not in speaker.readerships:
        yield Problem("readership", "Choose who reads it.")
        return
    event = speaker.event
    if event is not None and event.state is EventState.DRAFT:
        yield Problem("", "Nobody knows of this event yet. Publish it first.")
    if details.readership is Readership.ROLES and not _all_of(details.chosen, {*Role}):
        yield Problem("roles", "Choose at least one role.")
    if details.readership is Readership.PHASES and not _all_of(
        details.chosen, set(school_phases.PHASES)
    ):
        yield Problem("phases", "Choose at least one kind of school.")
    yield from circulars.problems(
        readership=details.readership,
        subject=details.subject,
        text=details.text,
        is_voluntary=event is not None and event.fee_kind is FeeKind.VOLUNTARY_CONTRIBUTION,
    )


def _all_of(chosen: tuple[str, ...], known: set[str]) -> bool:
    return bool(chosen) and set(chosen) <= known


def _copy(details: CircularDetails, circular: Circular) -> None:
    circular.readership, circular.chosen = details.readership, list(details.chosen)
    circular.subject, circular.text = details.subject.strip(), details.text.strip()
    circular.may_wait = details.may_wait and details.readership not in circulars.TO_FAMILIES


def _check_size(circular: Circular) -> None:
    size = sum(file.content.size_bytes for file in shelf.carried(circular))
    if size > CARRIED_MAX:
        raise TooHeavy(
            f"The files come to {file_words.size(size)}, and a mail carries at most "
            f"{file_words.size(CARRIED_MAX)}. Remove some, or keep them with the event and say so."
        )


def _check_not_too_soon(circular: Circular, when: datetime) -> None:
    """Refuse to ask the same families twice within a few days."""
    if circular.readership is not Readership.FAMILIES_SILENT:
        return
    last = queries.last_asked(circular)
    if last is not None and abs(when - last) < circulars.ASKED_AGAIN_AFTER:
        free_from = terms.in_sentence(last + circulars.ASKED_AGAIN_AFTER)
        raise TooSoon(
            f"These families are asked at {terms.in_sentence(last)} already. Send this after "
            f"{free_from}, or ring them."
        )


def _locked(circular: Circular) -> Circular:
    found = locks.circular(circular.id)
    if found is None:
        raise AlreadySent("This was discarded, so nothing can be done with it any more.")
    if found.addressed_at is not None:
        raise AlreadySent("This has gone out, so it can no longer be changed or stopped.")
    return found


def _record(actor: Actor, action: str, circular: Circular, now: datetime, **facts: object) -> None:
    # Not the text: the trail is kept for ever.
    audit.record(
        actor=actor,
        action=action,
        subject=circular,
        school_id=circular.school_id,
        reason="",
        now=now,
        readership=circular.readership.value,
        **facts,
    )
