"""Tours in words: what they are, how each stop stands and who has to do what, where a kit is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from booking.days.events.models import EventState
from booking.days.tours.models import Kit, KitState, StopState, Tour, TourState, TourStop
from booking.domain import english, terms, year_groups

TOUR_TAGS = {
    TourState.DRAFT: ("Draft", "neutral"),
    TourState.OPEN: ("Schools can ask for a stop", "good"),
    TourState.ENDED: ("Ended", "neutral"),
}
OVER_TAGS = {
    StopState.DECLINED: ("Declined", "neutral"),
    StopState.WITHDRAWN: ("Withdrawn", "neutral"),
    StopState.CANCELLED: ("Cancelled", "bad"),
}
NO_HOST = "nobody hosts events there, so the network lead publishes it"


@dataclass(frozen=True)
class StopStatus:
    """How a stop stands: words, their tone, and who has to do something, or ""."""

    words: str
    tone: str
    waits_for: str = ""


def publisher(hosts: Sequence[str]) -> str:
    """Return who publishes a stop's event: its school's hosts by name, or else the lead."""
    return english.listed(hosts) if hosts else NO_HOST


def led_by(tour: Tour) -> str:
    """Return who leads the stops, without a pupil's name."""
    return f"Older pupils of {tour.leading_school.name}, with {tour.teacher}"


def years(tour: Tour) -> str:
    """Return "Years 5 to 6"."""
    return year_groups.range_name(tour.low_year, tour.high_year)


def travels(tour: Tour) -> str:
    """Return between which days a tour travels."""
    return f"{terms.day_text(tour.first_on)} to {terms.day_text(tour.last_on)}"


def lasts(minutes: int) -> str:
    """Return "2 hours", "45 minutes", "1 hour 30 minutes"."""
    hours, rest = divmod(minutes, 60)
    parts = [english.plural(hours, "hour")] if hours else []
    parts += [english.plural(rest, "minute")] if rest or not hours else []
    return " ".join(parts)


def when(stop: TourStop) -> str:
    """Return when a stop is, or that it has no date yet."""
    if stop.starts_at is None or stop.ends_at is None:
        return "No date yet"
    return terms.span_text(stop.starts_at, stop.ends_at)


def stop_status(
    stop: TourStop, *, hosts: Sequence[str] = (), now: datetime | None = None
) -> StopStatus:
    """Return how a stop stands and whom it waits for.

    `hosts` are the names of those who can publish the event at its school.
    """
    if stop.state is StopState.ASKED:
        return StopStatus("Asked for", "warn", stop.tour.leading_school.name)
    if stop.state is not StopState.ACCEPTED:
        return StopStatus(*OVER_TAGS[stop.state])
    if stop.event is None or stop.event.state is EventState.DRAFT:
        who = f"{stop.school.name}: {publisher(hosts)}"
        return StopStatus("Agreed, not published yet", "warn", who)
    if now is not None and stop.ends_at is not None and stop.ends_at <= now:
        return StopStatus("Over", "neutral")
    return StopStatus("Published", "good")


def where_is(kit: Kit) -> str:
    """Return where a kit is now and who has it."""
    match kit.state:
        case KitState.HOME:
            return f"At home, at {kit.school.name}"
        case KitState.LENT:
            return f"At {kit.holder.name}, for its stop"
        case KitState.COLLECTED:
            return f"With the leaders, who collected it for {kit.school.name}"


MOVE_WORDS = {
    KitState.HOME: "Returned to",
    KitState.LENT: "Lent to",
    KitState.COLLECTED: "Collected by the leaders for",
}
