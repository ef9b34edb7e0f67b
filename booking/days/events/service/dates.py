"""Dates checked against the calendar: what the host has to tick before anybody is told."""

from collections.abc import Collection
from datetime import datetime, timedelta

from booking.days.events import labels, queries
from booking.days.events.details import DEADLINES, DateCheck, EventDetails, changed_fields
from booking.days.events.refusals import DatesNotSeen
from booking.days.events.service import rules
from booking.domain import checking_dates, terms
from booking.domain.checking_dates import PlannedDates

#: No calendar is kept for dates further away than this.
FAR_AHEAD = timedelta(days=3660)
#: A change of one of these is compared with the calendar.
CHECKED = frozenset({"dates", "low_year", "high_year", "reply_days", *DEADLINES, "decide_at"})


def check(details: EventDetails, *, event_id: int | None, now: datetime) -> DateCheck:
    """Compare an event's dates and deadlines with the calendar that the network keeps."""
    plan = planned(details)
    if not _can_be_checked(plan, details, now):
        return DateCheck()
    facts = queries.calendar_facts(plan, host_school_id=details.host_school_id, but=event_id)
    better = checking_dates.better_day(plan, facts, after=now)
    return DateCheck(
        checking_dates.check(plan, facts),
        _better_words(plan, better) if better is not None else "",
    )


def _can_be_checked(plan: PlannedDates, details: EventDetails, now: datetime) -> bool:
    """Return whether there are dates that make sense; otherwise they are corrected first."""
    if not plan.dates or plan.dates[-1][1] - now > FAR_AHEAD or now - plan.dates[0][0] > FAR_AHEAD:
        return False
    return not any(problem.field.startswith("dates") for problem in rules.problems(details))


def planned(details: EventDetails) -> PlannedDates:
    """Return an event's dates and deadlines as they are checked."""
    settled = details.settled()
    used = [name for name in DEADLINES if name in rules.deadlines_used(settled.sharing)]
    return PlannedDates(
        dates=tuple((date.starts_at, date.ends_at) for date in settled.dates),
        years=(details.low_year, details.high_year),
        deadlines=tuple(
            (labels.of(name), at)
            for name in (*used, "decide_at")
            if (at := getattr(settled, name)) is not None
        ),
        naming_close_at=settled.naming_close_at,
        reply_days=max(settled.reply_days, 1),
    )


def require_ticks(
    found: DateCheck, ticked: Collection[str] | None, known: Collection[str] = ()
) -> list[str]:
    """Return the kinds of grave findings, each of which was ticked. Raises DatesNotSeen.

    `ticked` are the keys of findings that a person has seen and means; None where nobody was
    asked, because a command or a demonstration publishes. `known` are those of before a change.
    """
    grave = [finding for finding in found.grave if finding.key not in known]
    unseen = [finding for finding in grave if ticked is not None and finding.key not in ticked]
    if unseen:
        raise DatesNotSeen(found, len(unseen))
    return [finding.kind for finding in grave]


def of_change(
    before: EventDetails,
    after: EventDetails,
    *,
    event_id: int,
    now: datetime,
    ticked: Collection[str] | None,
) -> list[str]:
    """Return what is done in spite of the calendar by changing an event. Raises DatesNotSeen.

    What was so before does not have to be ticked again.
    """
    if not CHECKED & set(changed_fields(before, after)):
        return []
    known = {f.key for f in check(before, event_id=event_id, now=now).grave}
    return require_ticks(check(after, event_id=event_id, now=now), ticked, known)


def _better_words(plan: PlannedDates, better: checking_dates.BetterDay) -> str:
    day = terms.day_text(better.on)
    if plan.dates[1:]:
        day = f"If all dates move with the first, {day}"
    if not better.findings:
        return f"{day} has none of this against it."
    left = " ".join(finding.words for finding in better.findings)
    return f"{day} would be better, although: {left}"
