"""Make, renew and revoke private calendar addresses; remember who last fetched one."""

from datetime import datetime, timedelta

from sqlalchemy import select

from booking.audit import service as audit
from booking.calendars import queries
from booking.calendars.models import Feed
from booking.db import db
from booking.domain.permissions import Actor
from booking.tokens import new_token, token_hash

FEEDS_MAX = 10
LABEL_MAX = 60
SHORT_ID_LENGTH = 10
#: A fetch is written down at most this often, so that reading a feed is seldom a write.
SEEN_EVERY = timedelta(minutes=15)
#: How programs that fetch calendars call themselves, and what people call them.
READERS = {
    "google": "Google",
    "outlook": "Outlook",
    "microsoft": "Outlook",
    "apple": "Apple",
    "dataaccessd": "Apple",
    "calendaragent": "Apple",
    "thunderbird": "Thunderbird",
}


class TooManyFeeds(ValueError):
    """A person has as many private calendars as anybody may have."""


class LabelMissing(ValueError):
    """A calendar has to be called something, so that it can be told from the others."""


def make_feed(*, actor: Actor, now: datetime, label: str) -> tuple[Feed, str]:
    """Return a new private calendar of the actor, and its token: the only time it is known.

    Raises LabelMissing, TooManyFeeds.
    """
    assert actor.person_id is not None, "only somebody with an account has feeds"
    if not label.strip() or len(label) > LABEL_MAX:
        raise LabelMissing(f"Give the calendar a name of up to {LABEL_MAX} characters.")
    if len(queries.feeds_of(actor.person_id)) >= FEEDS_MAX:
        raise TooManyFeeds(f"You have {FEEDS_MAX} private calendars. Revoke one first.")
    feed = Feed(person_id=actor.person_id, label=label.strip(), created_at=now)
    token = _give_token(feed)
    db.session.add(feed)
    audit.record(actor=actor, action="make_feed", subject=feed, now=now)
    return feed, token


def renew(*, actor: Actor, now: datetime, feed: Feed) -> str:
    """Give a feed a new address and return its token; the old address stops at once."""
    feed = _locked(feed)
    token = _give_token(feed)
    feed.last_fetched_at, feed.last_fetched_by = None, ""
    audit.record(actor=actor, action="renew_feed", subject=feed, now=now)
    return token


def revoke(*, actor: Actor, now: datetime, feed: Feed) -> None:
    """End a feed: its address answers no more."""
    feed = _locked(feed)
    feed.revoked_at = now
    audit.record(actor=actor, action="revoke_feed", subject=feed, now=now)


def needs_noting(feed: Feed, *, now: datetime) -> bool:
    """Say whether the last fetch that is written down is long enough ago."""
    return feed.last_fetched_at is None or feed.last_fetched_at <= now - SEEN_EVERY


def note_fetch(*, now: datetime, feed: Feed, program: str) -> None:
    """Remember that a program fetched this feed."""
    feed = _locked(feed)
    feed.last_fetched_at, feed.last_fetched_by = now, reader(program)


def reader(program: str) -> str:
    """Return what people call the program that names itself so."""
    named = program.casefold()
    return next((words for part, words in READERS.items() if part in named), "a calendar program")


def _locked(feed: Feed) -> Feed:
    return db.session.scalars(select(Feed).where(Feed.id == feed.id).with_for_update()).one()


def _give_token(feed: Feed) -> str:
    token = new_token()
    feed.token_hash = token_hash(token)
    feed.short_id = feed.token_hash[:SHORT_ID_LENGTH]
    return token
