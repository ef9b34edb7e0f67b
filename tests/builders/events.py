"""Events for tests, made by calling the service as a host would."""

from collections.abc import Sequence
from contextlib import nullcontext
from datetime import UTC, datetime, time, timedelta
from typing import Any

from booking.days.events import service as events
from booking.days.events.models import Event, Sharing
from booking.domain.charging import FeeKind, FeePart
from booking.domain.funds import Fund
from booking.domain.permissions import COMMAND, Actor
from booking.foundation import clock
from booking.foundation.clock import LONDON
from booking.foundation.db import db, transaction
from booking.people.schools.models import School
from tests.builders import schools
from tests.builders.rewritten import rewritten

DEADLINE_AT = time(16, 0)


def london(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    """Return an instant by London's clock."""
    return datetime(year, month, day, hour, minute, tzinfo=LONDON).astimezone(UTC)


def one_date(starts_at: datetime, *, hours: float = 5.5) -> events.DateDetails:
    """Return a date that lasts `hours`."""
    return events.DateDetails(starts_at, starts_at + timedelta(hours=hours))


def on_weekday(now: datetime, *, days: int, at: time) -> datetime:
    """Return the first weekday at least `days` after `now`, at `at` in London."""
    on = now.astimezone(LONDON).date() + timedelta(days=days)
    while on.weekday() > 4:
        on += timedelta(days=1)
    return datetime.combine(on, at, tzinfo=LONDON).astimezone(UTC)


def event_details(
    *,
    host: School,
    now: datetime | None = None,
    title: str = "Puzzle day",
    places: int = 12,
    low_year: int = 5,
    high_year: int = 6,
    sharing: Sharing = Sharing.FAIR_ROUND,
    dates: Sequence[events.DateDetails] | None = None,
    fee_kind: FeeKind | None = None,
    fee_pence: int = 0,
    fee_parts: Sequence[FeePart] | None = None,
    **more: Any,
) -> events.EventDetails:
    """Return a complete event, publishable at `now`: its date is 60 days on unless given.

    A fee without parts is all for the day itself; a fee without a kind is a contribution.
    """
    now = now or clock.now()
    if dates is None:
        dates = [one_date(on_weekday(now, days=60, at=time(9, 15)))]
    if fee_kind is None:
        fee_kind = FeeKind.VOLUNTARY_CONTRIBUTION if fee_pence else FeeKind.FREE
    if fee_parts is None:
        fee_parts = [FeePart("materials", fee_pence, Fund.EVENTS)] if fee_pence else []
    facts: dict[str, Any] = {
        "theme": "Mathematics",
        "concept": "Teams solve large wooden puzzles against the clock.",
        "intended_impact": "Pupils learn to try, fail and try again together.",
        "led_by": "Happy Minds Puzzles",
        "venue": f"{host.name}, main hall",
        "venue_address": "1 School Lane, Ashbourne Vale",
        "contact_name": "Harriet Hale",
        "contact_phone": "01632 960100",
        "practicalities": "Bring a packed lunch and water.",
        **deadlines(now, min(date.starts_at for date in dates), sharing),
        **more,
    }
    if sharing is Sharing.FIRST_COME:
        facts.setdefault("cap_per_school", places)
    return events.EventDetails(
        title=title,
        host_school_id=host.id,
        low_year=low_year,
        high_year=high_year,
        places=places,
        sharing=sharing,
        dates=tuple(dates),
        fee_kind=fee_kind,
        fee_pence=fee_pence,
        fee_parts=tuple(fee_parts),
        **facts,
    )


def deadlines(now: datetime, starts_at: datetime, sharing: Sharing) -> dict[str, datetime]:
    """Return deadlines in order between `now` and the start, at 4pm where there is room."""
    room = (starts_at - now) / 4
    requests, release, naming = (_at_four(now + room * n, now, starts_at) for n in (1, 2, 3))
    if sharing is Sharing.SET_QUOTAS:
        return {"release_at": release, "naming_close_at": naming}
    if sharing is Sharing.FAIR_ROUND:
        return {"requests_close_at": requests, "naming_close_at": naming}
    return {"naming_close_at": naming}


def _at_four(at: datetime, now: datetime, starts_at: datetime) -> datetime:
    if starts_at - now < timedelta(days=8):
        return at
    return datetime.combine(at.astimezone(LONDON).date(), DEADLINE_AT, tzinfo=LONDON).astimezone(
        UTC
    )


@rewritten
def make_event(
    *,
    host: School | None = None,
    actor: Actor = COMMAND,
    now: datetime | None = None,
    published: bool = True,
    **details: Any,
) -> Event:
    """Return an event, published unless `published=False`; see `event_details` for the rest.

    Works inside the caller's `transaction()` or in one of its own. For a past event, publish it in
    the past: `make_event(now=..., dates=[...])`.
    """
    now = now or clock.now()
    inside = bool(db.session.info.get("writing"))
    if host is None:
        host = schools.make_school()
    with nullcontext() if inside else transaction():
        written = event_details(host=host, now=now, **details)
        event = events.write(actor=actor, now=now, details=written)
        if published:
            events.publish(actor=actor, now=now, event=event)
    return event


@rewritten
def cancel_event(event: Event, *, reason: str = "The hall is flooded.") -> Event:
    """Return the event, cancelled."""
    with transaction():
        return events.cancel(actor=COMMAND, now=clock.now(), event=event, reason=reason)
