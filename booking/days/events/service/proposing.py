"""Deadlines that Fairplace proposes for an event from its date; what a host typed always stands."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from booking.days.events import queries
from booking.days.events.details import DEADLINES, EventDetails, details_of
from booking.days.events.models import Event, EventState, Sharing
from booking.days.events.service import rules
from booking.domain import deadlines, english, minimum, terms
from booking.domain.deadlines import ProposedDeadlines, Step

#: What a proposal follows from: when one of these changes, deadlines that nobody typed move.
BASED_ON = ("dates", "sharing", "reply_days", "host_school_id", "min_pupils")


def completed(details: EventDetails, *, now: datetime) -> EventDetails:
    """Return the details with a proposal for each deadline that is empty, if there is time."""
    try:
        found: dict[str, Any] = proposed(details, now=now)
    except deadlines.NotEnoughTime:
        return details
    return replace(details, **found)


def moved_along(
    before: EventDetails, details: EventDetails, *, now: datetime, proposed_at: datetime
) -> EventDetails:
    """Return the details with the deadlines proposed anew that were proposed and left alone.

    `before` is the draft as saved at `proposed_at`.
    """
    if all(getattr(before, name) == getattr(details, name) for name in BASED_ON):
        return completed(details, now=now)
    alone = _as_proposed(before, proposed_at)
    empty: dict[str, Any] = {n: None for n, at in alone.items() if getattr(details, n) == at}
    return completed(replace(details, **empty), now=now)


def left_alone(event: Event) -> dict[str, datetime]:
    """Return the deadlines of a draft that are still as they were proposed when it was saved."""
    if event.state is not EventState.DRAFT:
        return {}
    return _as_proposed(details_of(event), event.modified_at)


def _as_proposed(details: EventDetails, at: datetime) -> dict[str, datetime]:
    try:
        found = proposed(without_deadlines(details), now=at)
    except deadlines.NotEnoughTime:
        return {}
    return {name: at for name, at in found.items() if getattr(details, name) == at}


def without_deadlines(details: EventDetails) -> EventDetails:
    """Return the details with every deadline empty."""
    empty: dict[str, Any] = dict.fromkeys((*DEADLINES, "decide_at"))
    return replace(details, **empty)


def still_fitting(details: EventDetails, *, now: datetime) -> EventDetails:
    """Return the details without deadlines, to propose them anew, if one of them does not fit.

    A deadline fits if it is ahead and on a school day: last year's, moved by a year, may not be.
    """
    _, calendar = queries.school_hours(details.host_school_id)
    names = (*DEADLINES, "decide_at")
    given = [at for name in names if (at := getattr(details, name)) is not None]
    fits = all(at > now and terms.is_school_day(calendar, _on(at)) for at in given)
    return details if fits else without_deadlines(details)


def proposal_for(details: EventDetails, *, now: datetime) -> tuple[dict[str, datetime], str]:
    """Return the deadlines proposed for those that are empty, and what to know about them.

    That is nothing, how short the notice is, or why there is no proposal.
    """
    try:
        found = proposal(details, now=now)
    except deadlines.NotEnoughTime as refusal:
        return {}, f"{refusal} Choose a later date, or enter the deadlines yourself."
    notice = ""
    if found.is_squeezed:
        days = [
            f"{english.plural(length, 'school day')} {step.name}"
            for step, length in zip(found.steps, found.lengths, strict=True)
        ]
        notice = f"This is short notice: there are {english.listed(days)}."
    return _named(details, found, now), notice


def proposed(details: EventDetails, *, now: datetime) -> dict[str, datetime]:
    """Return a deadline for each that is used and empty. Raises NotEnoughTime."""
    return _named(details, proposal(details, now=now), now)


def _named(details: EventDetails, found: ProposedDeadlines, now: datetime) -> dict[str, datetime]:
    ends: dict[str, Any] = dict(zip(_empty(details, now), found.ends_at, strict=True))
    decide_at = _decision(replace(details, **ends), now)
    return ends | ({"decide_at": decide_at} if decide_at is not None else {})


def _decision(details: EventDetails, now: datetime) -> datetime | None:
    """Return the day proposed for deciding whether the event runs, if it has a minimum."""
    starts_at = details.first_starts_at
    if details.min_pupils is None or details.decide_at is not None:
        return None
    if starts_at is None or starts_at <= now:
        return None
    _, calendar = queries.school_hours(details.host_school_id)
    after = max(now, details.requests_close_at or now)
    return minimum.propose(calendar, after=_on(after), before=_on(starts_at))


def proposal(details: EventDetails, *, now: datetime) -> ProposedDeadlines:
    """Return the proposal for the deadlines that are used and empty. Raises NotEnoughTime."""
    empty = _empty(details, now)
    if not empty:
        return ProposedDeadlines((), (), (), is_squeezed=False)
    assert details.first_starts_at is not None, "without a date nothing is proposed"
    _, calendar = queries.school_hours(details.host_school_id)
    last_on = _on(details.first_starts_at) - timedelta(days=1)
    after = _on(now)
    steps = _steps(details)
    first, *_ = rules.deadlines_used(details.sharing)
    if first not in empty:  # typed, so the others follow it
        after, steps = max(after, _on(getattr(details, first))), steps[1:]
    elif details.naming_close_at is not None:  # typed, so the first comes before it
        last_on, steps = _on(details.naming_close_at), steps[:-1]
    return deadlines.propose(calendar, steps, after=after, last_on=last_on)


def _empty(details: EventDetails, now: datetime) -> list[str]:
    starts_at = details.first_starts_at
    if starts_at is None or starts_at <= now:
        return []
    used = rules.deadlines_used(details.sharing)
    return [name for name in used if getattr(details, name) is None]


def _steps(details: EventDetails) -> Sequence[Step]:
    last = deadlines.answering(details.reply_days)
    if details.sharing is Sharing.FIRST_COME:
        return (deadlines.NAMING, last)
    if details.sharing is Sharing.SET_QUOTAS:
        return (deadlines.CLAIMING, deadlines.NAMING, last)
    return (deadlines.ASKING, deadlines.NAMING, last)


def _on(at: datetime) -> date:
    return terms.london(at).date()
