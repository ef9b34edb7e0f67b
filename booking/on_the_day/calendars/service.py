"""Make, change, renew and revoke private calendar addresses, and note who last fetched one."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from sqlalchemy import delete, update

from booking.domain.permissions import PARENT, Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import db, insert_into
from booking.foundation.tokens import new_token, token_hash
from booking.on_the_day.calendars import locks, queries, words
from booking.on_the_day.calendars.models import Feed, FeedContent, PublicCalendar
from booking.people.pupils.models import Parent

FEEDS_MAX = 10
LABEL_MAX = 60
SHORT_ID_LENGTH = 10
#: A fetch is recorded at most this often, so that reading a feed rarely needs a write.
SEEN_EVERY = timedelta(minutes=15)
#: What programs that fetch calendars call themselves, and what people call them.
READERS = {
    "google": "Google",
    "outlook": "Outlook",
    "microsoft": "Outlook",
    "exchange": "Outlook",
    "apple": "Apple",
    "dataaccessd": "Apple",
    "calendaragent": "Apple",
    "macos": "Apple",
    "ios/": "Apple",
    "thunderbird": "Thunderbird",
    "icsx5": "ICSx⁵",
    "davx5": "DAVx⁵",
    "nextcloud": "Nextcloud",
    "yahoo": "Yahoo",
    "evolution": "Evolution",
}


class TooManyFeeds(ValueError):
    """A person already has the most private calendars allowed."""


class LabelMissing(ValueError):
    """A calendar needs a name, so that it can be told from the others."""


class EmptyCalendar(ValueError):
    """A calendar that leaves everything out would be empty."""

    def __init__(self) -> None:
        super().__init__(words.NOTHING_CHOSEN)


def make_feed(
    *,
    actor: Actor,
    now: datetime,
    label: str,
    kinds: Iterable[str] | None = None,
    leaves_out: Iterable[str] = (FeedContent.SCHOOL_DAYS,),
    parent: Parent | None = None,
) -> tuple[Feed, str]:
    """Return a new private calendar and its token, which is never known again.

    It belongs to the actor or, if the actor came by a private link, to that `parent`. `kinds` is
    everything it could show. Raises LabelMissing, EmptyCalendar, TooManyFeeds.
    """
    feed = Feed(created_at=now)
    if parent is None:
        assert actor.person_id is not None, "only somebody with an account has feeds"
        feed.person_id, others = actor.person_id, queries.feeds_of(actor.person_id)
    else:
        assert actor is PARENT, "a parent's calendar is made by the parent"
        feed.parent_id, others = parent.id, queries.feeds_of_parent(parent.id)
    if len(others) >= FEEDS_MAX:
        raise TooManyFeeds(f"You have {FEEDS_MAX} private calendars. Revoke one first.")
    _choose(feed, label, leaves_out, kinds)
    token = _give_token(feed)
    db.session.add(feed)
    _record(actor, "make_feed", feed, now)
    return feed, token


def change_feed(
    *,
    actor: Actor,
    now: datetime,
    feed: Feed,
    label: str,
    kinds: Iterable[str],
    leaves_out: Iterable[str],
) -> None:
    """Change a calendar's name or what it shows; its address stays the same.

    Anything left out that is not in `kinds` (from a former role) stays left out. Raises
    LabelMissing, EmptyCalendar.
    """
    feed = locks.feed(feed.id)
    beyond = set(feed.leaves_out) - set(kinds)
    _choose(feed, label, {*leaves_out, *beyond}, kinds)
    _record(actor, "change_feed", feed, now)


def renew(*, actor: Actor, now: datetime, feed: Feed) -> str:
    """Give a feed a new address and return its token; the old address stops working at once."""
    feed = locks.feed(feed.id)
    token = _give_token(feed)
    feed.last_fetched_at, feed.last_fetched_by = None, ""
    _record(actor, "renew_feed", feed, now)
    return token


def revoke(*, actor: Actor, now: datetime, feed: Feed) -> None:
    """Revoke a feed: its address stops working."""
    feed = locks.feed(feed.id)
    feed.revoked_at = now
    _record(actor, "revoke_feed", feed, now)


def needs_noting(last_fetched_at: datetime | None, *, now: datetime) -> bool:
    """Return whether the last recorded fetch is long enough ago."""
    return last_fetched_at is None or last_fetched_at <= now - SEEN_EVERY


def note_fetch(*, now: datetime, feed_id: int, program: str) -> None:
    """Record that a program fetched this feed."""
    fetched = {"last_fetched_at": now, "last_fetched_by": reader(program)}
    db.session.execute(update(Feed).where(Feed.id == feed_id).values(fetched))


def note_file(*, now: datetime, feed_id: int, digest: str) -> None:
    """Record that a private calendar's file is another one from now on."""
    moved = update(Feed).where(Feed.id == feed_id, Feed.digest != digest)
    db.session.execute(moved.values(digest=digest, changed_at=now))


def note_programme(*, now: datetime, name: str, digest: str) -> None:
    """Record that a public file is another one from now on."""
    row = insert_into(PublicCalendar).values(name=name, digest=digest, changed_at=now)
    moved = row.on_conflict_do_update(
        index_elements=["name"],
        set_={"digest": row.excluded.digest, "changed_at": row.excluded.changed_at},
        where=PublicCalendar.digest != row.excluded.digest,
    )
    db.session.execute(moved)


def reader(program: str) -> str:
    """Return what people call the program with this user agent."""
    named = program.casefold()
    return next((words for part, words in READERS.items() if part in named), "a calendar program")


def _choose(feed: Feed, label: str, leaves_out: Iterable[str], kinds: Iterable[str] | None) -> None:
    if not label.strip() or len(label) > LABEL_MAX:
        raise LabelMissing(f"Give the calendar a name of up to {LABEL_MAX} characters.")
    left_out = set(leaves_out)
    if kinds is not None and not set(kinds) - left_out:
        raise EmptyCalendar
    feed.label, feed.leaves_out = label.strip(), sorted(str(kind) for kind in left_out)


def _record(actor: Actor, action: str, feed: Feed, now: datetime) -> None:
    # Neither the address nor the label: what people call their devices is nobody's business.
    audit.record(actor=actor, action=action, subject=feed, now=now, leaves_out=feed.leaves_out)


def _give_token(feed: Feed) -> str:
    token = new_token()
    feed.token_hash = token_hash(token)
    feed.short_id = feed.token_hash[:SHORT_ID_LENGTH]
    return token


def forget_parent(parent: Parent) -> None:
    """Delete a parent's calendars."""
    db.session.execute(delete(Feed).where(Feed.parent_id == parent.id))
