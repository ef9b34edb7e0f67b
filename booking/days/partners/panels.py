"""What partners have on soon, for other pages; and what the lead has to do about them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask import url_for

from booking.days.events.ports import Panel
from booking.days.partners import queries
from booking.days.partners.models import PartnerDate
from booking.days.partners.queries import Soon
from booking.domain import terms
from booking.foundation.clock import LONDON
from booking.foundation.web.task_lists import Task


def when(one: PartnerDate | Soon) -> str:
    """Return when a partner's date is, in words."""
    if one.starts_at is not None and one.ends_at is not None:
        return terms.span_text(one.starts_at, one.ends_at)
    if one.first_on == one.last_on:
        return terms.day_text(one.first_on)
    return f"{terms.day_text(one.first_on)} to {terms.day_text(one.last_on)}"


def of(dates: Iterable[PartnerDate | Soon]) -> Panel:
    """Return these dates as a piece of a page."""
    return Panel("days/partners/_soon.html", {"dates": [(one, when(one)) for one in dates]})


def soon(*, now: datetime, **_facts: Any) -> Panel | None:
    """Return partners' next few dates, separate from our own; None if there are none."""
    found = queries.soon(on=now.astimezone(LONDON).date())
    return of(found) if found else None


def network_tasks(*, now: datetime) -> list[Task]:
    """Return the calendars that could not be read, with what to do."""
    return [
        Task(
            title=f"The calendar of {feed.name} has moved: follow it?"
            if feed.moved_to
            else f"Check the calendar of {feed.name}",
            url=url_for("partners.home"),
            hint=feed.problem,
            tag="Moved" if feed.moved_to else "Not read",
            tone="warn",
        )
        for feed in queries.troubled()
    ]
