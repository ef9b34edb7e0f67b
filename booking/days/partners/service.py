"""Follow a partner's calendar or stop; record what the worker read."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from sqlalchemy import delete, insert
from sqlalchemy.exc import IntegrityError

from booking.days.partners import addresses, locks, queries
from booking.days.partners.fetching import KnownState
from booking.days.partners.models import PartnerDate, PartnerFeed
from booking.days.partners.reading import CalendarReading
from booking.domain import names
from booking.domain.permissions import WORKER, Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db

FEEDS_MAX = 20
NAME_MAX = 60
#: How many entries that could not be read are named; the others are counted.
NAMED_MAX = 20
EVERY = timedelta(hours=6)
#: While one worker is asking, no other does.
LEASE = timedelta(minutes=10)
#: Waits after the first failure, the second …; the last one repeats.
WAITS = tuple(timedelta(hours=hours) for hours in (1, 3, 6, 12, 24))
#: How far ahead dates are kept, and how often repeated ones are written out again.
AHEAD, WHOLE_EVERY = timedelta(days=550), timedelta(days=30)


class PartnerRefused(ValueError):
    """This calendar cannot be followed; the message says why, `field` where."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True)
class ClaimedFeed:
    """One calendar that this worker is about to fetch."""

    feed_id: int
    url: str
    #: Empty if it must be read in full, whatever the partner says.
    known: KnownState
    body_hash: str


def follow(*, actor: Actor, now: datetime, name: str, url: str) -> PartnerFeed:
    """Follow a partner's calendar; the worker reads it soon. Raises PartnerRefused."""
    name = names.tidy(name)
    if not name or len(name) > NAME_MAX:
        raise PartnerRefused(
            f"Enter a name for the partner of up to {NAME_MAX} characters.", "name"
        )
    try:
        url = addresses.tidy(url)
    except addresses.NotAnAddress as error:
        raise PartnerRefused(str(error), "url") from error
    if (known := queries.feed_by_url(url)) is not None:
        raise PartnerRefused(f"You are already following this calendar, as {known.name}.", "url")
    if queries.count() >= FEEDS_MAX:
        raise PartnerRefused(
            f"You are following {FEEDS_MAX} calendars, which is the limit. Stop following one "
            "first."
        )
    feed = PartnerFeed(name=name, url=url, added_by_id=actor.person_id, added_at=now, due_at=now)
    db.session.add(feed)
    try:
        db.session.flush()
    except IntegrityError as error:
        raise PartnerRefused("Somebody has just added this calendar.", "url") from error
    audit.record(actor=actor, action="follow_partner", subject=feed, now=now)
    return feed


def leave(*, actor: Actor, now: datetime, feed: PartnerFeed) -> None:
    """Stop following a partner's calendar; its dates are removed at once."""
    feed = locks.feed(feed.id)
    audit.record(actor=actor, action="leave_partner", subject=feed, now=now)
    db.session.execute(delete(PartnerDate).where(PartnerDate.feed_id == feed.id))
    db.session.delete(feed)


def ask_now(*, actor: Actor, now: datetime, feed: PartnerFeed) -> None:
    """Make the worker read a calendar in full at its next run, even if it is not due."""
    feed = locks.feed(feed.id)
    feed.due_at, feed.read_whole_at = now, None
    audit.record(actor=actor, action="ask_partner", subject=feed, now=now)


def claim(*, now: datetime, limit: int) -> list[ClaimedFeed]:
    """Return the calendars to fetch now, each reserved for this worker for a while."""
    found = []
    for feed in locks.due(now, limit=limit):
        feed.due_at = now + LEASE
        whole = feed.read_whole_at is None or feed.read_whole_at <= now - WHOLE_EVERY
        known = KnownState() if whole else KnownState(feed.etag, feed.last_modified)
        found.append(ClaimedFeed(feed.id, feed.url, known, "" if whole else feed.body_hash))
    return found


def move(*, actor: Actor, now: datetime, feed: PartnerFeed, to: str) -> None:
    """Follow a calendar at the address that its server named; it is read soon.

    Only the very address that was shown counts. Raises PartnerRefused.
    """
    feed = locks.feed(feed.id)
    if feed.url == to:
        return  # the same button, pressed twice
    if not to or feed.moved_to != to:
        raise PartnerRefused(f"{feed.name} has moved again. Look at the new address first.")
    if (known := queries.feed_by_url(to)) is not None:
        raise PartnerRefused(
            f"You are already following the calendar at the new address, as {known.name}. Stop "
            "following one of the two."
        )
    left = urlsplit(feed.url).hostname or ""
    feed.url, feed.moved_to, feed.problem, feed.failures = addresses.tidy(to), "", "", 0
    feed.etag = feed.last_modified = feed.body_hash = ""
    feed.due_at, feed.read_whole_at = now, None
    try:
        db.session.flush()
    except IntegrityError as error:
        raise PartnerRefused("Somebody has just added this calendar.") from error
    audit.record(
        actor=actor,
        action="move_partner",
        subject=feed,
        now=now,
        left=left,
        moved_to=urlsplit(feed.url).hostname,
    )


def record_unchanged(*, now: datetime, feed_id: int, url: str, known: KnownState) -> None:
    """Record that the partner has nothing new."""
    if (feed := _if_still_there(feed_id, url)) is not None:
        _well(feed, known, now)


def record_reading(
    *,
    now: datetime,
    feed_id: int,
    url: str,
    known: KnownState,
    body_hash: str,
    found: CalendarReading,
) -> None:
    """Replace a partner's dates with what was read, so that what they removed is gone."""
    if (feed := _if_still_there(feed_id, url)) is None:
        return
    rows = [{"feed_id": feed.id, **vars(one)} for one in found.dates]
    db.session.execute(delete(PartnerDate).where(PartnerDate.feed_id == feed.id))
    if rows:
        db.session.execute(insert(PartnerDate), rows)
    feed.body_hash, feed.read_whole_at, feed.outcome = body_hash, now, _outcome(found)
    _well(feed, known, now)
    audit.record(actor=WORKER, action="read_partner", subject=feed, now=now, dates=len(rows))


def record_problem(
    *, now: datetime, feed_id: int, url: str, problem: str, moved_to: str = ""
) -> None:
    """Record what went wrong; what was read before stays, and the wait grows."""
    if (feed := _if_still_there(feed_id, url)) is None:
        return
    feed.problem, feed.moved_to = problem, moved_to
    feed.failures += 1
    feed.due_at = now + WAITS[min(feed.failures, len(WAITS)) - 1]


def record_nobody(*, now: datetime, feed_id: int, url: str, problem: str) -> None:
    """Leave the demonstration's made-up calendar alone; for any other, the address is wrong."""
    if (feed := _if_still_there(feed_id, url)) is None:
        return
    if feed.read_at is None:
        record_problem(now=now, feed_id=feed_id, url=url, problem=problem)
    else:
        feed.due_at = now + EVERY


def _outcome(found: CalendarReading) -> dict[str, Any]:
    return {
        "entries": found.entries,
        "read": found.read,
        "unreadable": [[one.title, one.why] for one in found.unreadable[:NAMED_MAX]],
        "unreadable_count": len(found.unreadable),
        "passed_over": dict(found.passed_over),
        "not_kept": found.not_kept,
    }


def _if_still_there(feed_id: int, url: str) -> PartnerFeed | None:
    """Return a calendar, locked, unless it was left or followed elsewhere while it was asked."""
    feed = locks.feed_if_followed(feed_id)
    return feed if feed is not None and feed.url == url else None


def _well(feed: PartnerFeed, known: KnownState, now: datetime) -> None:
    feed.etag, feed.last_modified = known.etag, known.last_modified
    feed.read_at, feed.due_at = now, now + EVERY
    feed.problem, feed.moved_to, feed.failures = "", "", 0
