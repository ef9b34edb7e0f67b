"""Words of the calendars' pages: what a private calendar can hold, how long ago something was."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from booking.days.events import feeds
from booking.domain import english
from booking.on_the_day.calendars.models import Feed, FeedContent

NOTHING_CHOSEN = "Choose at least one thing that the calendar shows."
#: What is asked on the form, and a word more about it.
KIND_WORDS: dict[str, tuple[str, str]] = {
    FeedContent.HOSTED: ("Events that you host or run", ""),
    FeedContent.ATTENDED: ("Events where your school has places", ""),
    FeedContent.ROSTERED: ("Events where you help on the day", ""),
    FeedContent.REQUESTS: ("When requests close", "Until your school has asked."),
    FeedContent.OFFERS: ("When an offer of a place ends", ""),
    FeedContent.NAMES: ("When pupils have to be named", "While there are places without a name."),
    FeedContent.REPLIES: ("When a reply is due", ""),
    FeedContent.SCHOOL_DAYS: ("Terms, half terms and days off", ""),
}
PARENT_WORDS: dict[str, tuple[str, str]] = {
    FeedContent.ATTENDED: ("Events where your child has a place", ""),
    FeedContent.REPLIES: ("When your reply is due", ""),
}


def words_of(kind: str, *, is_parent: bool = False) -> tuple[str, str]:
    """Return what a kind is called, and a hint or an empty text."""
    added = {source.kind: (source.label, source.hint) for source in feeds.sources()}
    return {**added, **KIND_WORDS, **(PARENT_WORDS if is_parent else {})}[kind]


def left_out(feed: Feed, kinds: Iterable[str], *, is_parent: bool = False) -> list[str]:
    """Return what a calendar leaves out of what it could hold, in words."""
    return [words_of(kind, is_parent=is_parent)[0] for kind in kinds if kind in feed.leaves_out]


def last_fetched(feed: Feed, now: datetime) -> str:
    """Return when a calendar was last fetched and by what: "19 hours ago by Google"."""
    if feed.last_fetched_at is None:
        return "Never"
    said = f"{ago(now - feed.last_fetched_at)} by {feed.last_fetched_by}"
    return said[0].upper() + said[1:]


def ago(span: timedelta) -> str:
    """Return how long ago something was, in the largest unit that fits."""
    minutes = int(span.total_seconds()) // 60
    for unit, length in (("day", 24 * 60), ("hour", 60), ("minute", 1)):
        if minutes >= length:
            return f"{english.plural(minutes // length, unit)} ago"
    return "just now"
