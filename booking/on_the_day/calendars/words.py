"""Words for the calendar pages: what a private calendar can show, and how long ago it was."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from booking.days.events import feeds
from booking.domain import english
from booking.on_the_day.calendars.models import Feed, FeedContent

NOTHING_CHOSEN = "Choose at least one thing for the calendar to show."
#: What each kind is called on the form, with a hint.
KIND_WORDS: dict[str, tuple[str, str]] = {
    FeedContent.HOSTED: ("Events you host or run", ""),
    FeedContent.ATTENDED: ("Events where your school has places", ""),
    FeedContent.ROSTERED: ("Events where you help on the day", ""),
    FeedContent.REQUESTS: ("When requests close", "Until your school has sent a request."),
    FeedContent.OFFERS: ("When an offer of a place ends", ""),
    FeedContent.NAMES: ("When pupils must be named", "While you have places without a pupil."),
    FeedContent.REPLIES: ("When a reply is due", ""),
    FeedContent.SCHOOL_DAYS: ("Terms, half terms and days off", ""),
}
PARENT_WORDS: dict[str, tuple[str, str]] = {
    FeedContent.ATTENDED: ("Events where your child has a place", ""),
    FeedContent.REPLIES: ("When your reply is due", ""),
}


def words_of(kind: str, *, is_parent: bool = False) -> tuple[str, str]:
    """Return what a kind is called, and its hint if it has one."""
    added = {source.kind: (source.label, source.hint) for source in feeds.sources()}
    return {**added, **KIND_WORDS, **(PARENT_WORDS if is_parent else {})}[kind]


def left_out(feed: Feed, kinds: Iterable[str], *, is_parent: bool = False) -> list[str]:
    """Return in words what a calendar leaves out."""
    return [words_of(kind, is_parent=is_parent)[0] for kind in kinds if kind in feed.leaves_out]


def last_fetched(feed: Feed, now: datetime) -> str:
    """Return when and by what a calendar was last fetched: "19 hours ago by Google"."""
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
