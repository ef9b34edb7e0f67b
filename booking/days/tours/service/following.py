"""Follow the events of stops: what is published, moved, cancelled or deleted there counts here."""

from collections.abc import Sequence
from datetime import datetime

from booking.days.allocation import service as allocation
from booking.days.events import service as events
from booking.days.events.details import DateDetails, EventDetails
from booking.days.events.models import Event, Sharing
from booking.days.tours import locks, mail, queries, states
from booking.days.tours.models import StopState, TourStop
from booking.days.tours.refusals import TimeTaken
from booking.days.tours.service import timing
from booking.domain.permissions import Actor
from booking.domain.problems import Problem
from booking.foundation.audit import service as audit


def follow_publication(event: Event, *, actor: Actor, now: datetime) -> None:
    """Take over the time of a stop's event, and keep the school's own places for its pupils.

    Raises events.EventRefused if the leaders or the kit are not free then: a draft may have moved.
    """
    stop = _stop_of(event)
    if stop is None:
        return
    problems = [*_of_school(stop, event), *_of_times(stop, events.details_of(event).dates)]
    if problems:
        raise events.EventRefused(problems)
    _take_over(stop, event, actor=actor, now=now)
    if event.sharing is Sharing.SET_QUOTAS:
        own = {stop.school.slug: min(stop.pupils, event.places)}
        allocation.set_quotas(actor=actor, now=now, event=event, quotas=own)


def forbidden_changes(event: Event, details: EventDetails) -> Sequence[Problem] | None:
    """Forbid moving a stop to a time at which its leaders or its kit are elsewhere."""
    if details.dates == events.details_of(event).dates:
        return None
    stop = _stop_of(event)
    return _of_times(stop, details.dates) if stop else None


def follow_change(
    event: Event, *, actor: Actor, now: datetime, changes: Sequence[str], **_facts: object
) -> None:
    """Take over the new time of a stop's event, and tell the leading school."""
    stop = _stop_of(event) if "dates" in changes else None
    if stop is not None:
        _take_over(stop, event, actor=actor, now=now)


def free_cancelled(event: Event, *, actor: Actor, now: datetime) -> None:
    """Free the time of a stop whose event was cancelled; the tour goes on."""
    stop = _stop_of(event)
    if stop is not None:
        stop.reason = stop.reason or event.cancelled_reason
        _free(stop, actor=actor, now=now)


def free_discarded(event: Event, *, actor: Actor, now: datetime) -> None:
    """Free the time of a stop whose draft its school has deleted."""
    stop = _stop_of(event)
    if stop is not None:
        stop.reason = stop.reason or "The draft of the event was deleted."
        _free(stop, actor=actor, now=now)
        stop.event_id = None


def _stop_of(event: Event) -> TourStop | None:
    """Return the accepted stop that an event is, with its tour and kit locked."""
    found = queries.stop_of_event(event.id)
    if found is None:
        return None
    stop = locks.stop(found.id)
    return stop if stop.state is StopState.ACCEPTED else None


def _of_school(stop: TourStop, event: Event) -> list[Problem]:
    if event.host_school_id == stop.school_id:
        return []
    words = f"This is a stop of a tour at {stop.school.name}, so that school is its host."
    return [Problem("host_school_id", words)]


def _of_times(stop: TourStop, dates: Sequence[DateDetails]) -> list[Problem]:
    if len(dates) != 1:
        return [Problem("dates", "A stop of a tour has one date.")]
    try:
        timing.refuse_if_taken(stop.tour, dates[0].starts_at, dates[0].ends_at, but=stop)
    except TimeTaken as taken:
        return [Problem("dates.starts", str(taken), 0)]
    return []


def _take_over(stop: TourStop, event: Event, *, actor: Actor, now: datetime) -> None:
    (date,) = event.dates
    if (stop.starts_at, stop.ends_at) == (date.starts_at, date.ends_at):
        return
    stop.starts_at, stop.ends_at = date.starts_at, date.ends_at
    _record(actor, "move_stop", stop, now)
    mail.tell_of_new_time(stop, actor=actor, now=now)


def _free(stop: TourStop, *, actor: Actor, now: datetime) -> None:
    stop.state = states.move_stop(stop.state, StopState.CANCELLED)
    stop.decided_at = now
    _record(actor, "free_stop", stop, now)
    mail.tell_of_freed_time(stop, actor=actor, now=now)


def _record(actor: Actor, action: str, stop: TourStop, now: datetime) -> None:
    audit.record(
        actor=actor,
        action=action,
        subject=stop,
        school_id=stop.school_id,
        now=now,
        tour_id=stop.tour_id,
    )
