"""Close the day of an event, and open it again."""

from datetime import datetime
from itertools import chain
from typing import Any

from booking.days.events import states as event_states
from booking.days.events.models import Event
from booking.domain import closing_day, english, terms
from booking.domain.closing_day import DayStage
from booking.domain.permissions import Actor
from booking.domain.reasons import ReasonMissing
from booking.foundation.audit import service as audit
from booking.foundation.db import db
from booking.on_the_day.closing import locks, ports, queries
from booking.on_the_day.closing.models import DayClosing
from booking.on_the_day.closing.refusals import (
    AlreadyClosed,
    ClosingRefused,
    NotClosed,
    TooLateToReopen,
)


def close(*, actor: Actor, now: datetime, event: Event) -> DayClosing:
    """Close the day of an event that is over and with which nothing is left to settle.

    Raises AlreadyClosed, ClosingRefused.
    """
    event = locks.day(event.id)
    registers = queries.registers(event, now)
    _check(event, now, queries.standing(event.id))
    if left := closing_day.to_mark(registers):
        unmarked = sum(one.unmarked for one in left)
        raise ClosingRefused(
            f"{english.plural(unmarked, 'pupil is', 'pupils are')} not marked yet. Complete the "
            "register first."
        )
    if found := list(chain.from_iterable(ports.blockers(event, now=now))):
        raise ClosingRefused(found[0].words)
    closing = DayClosing(
        event_id=event.id,
        closed_at=now,
        closed_by_id=actor.person_id,
        never_marked=closing_day.never_marked(registers),
    )
    db.session.add(closing)
    _record(actor, "close_day", event, now, never_marked=closing.never_marked)
    return closing


def _check(event: Event, now: datetime, standing: DayClosing | None) -> None:
    stage = closing_day.stage(
        takes_place=event.state in event_states.TAKES_PLACE,
        last_ends_at=event.last_ends_at,
        is_closed=standing is not None,
        now=now,
    )
    if stage is DayStage.CLOSED:
        assert standing is not None
        who = standing.closed_by.name if standing.closed_by else "Somebody"
        raise AlreadyClosed(
            f"{who} closed this day at {terms.in_sentence(standing.closed_at)} already."
        )
    if stage is DayStage.NEVER:
        raise ClosingRefused("This event did not take place, so there is nothing to close.")
    if stage is DayStage.TO_COME:
        assert event.last_ends_at is not None
        raise ClosingRefused(
            f"The day can be closed once it is over, at {terms.in_sentence(event.last_ends_at)}."
        )


def reopen(*, actor: Actor, now: datetime, event: Event, reason: str) -> None:
    """Open a closed day again, while its register can still be corrected.

    Raises ReasonMissing, NotClosed, TooLateToReopen.
    """
    event = locks.day(event.id)
    standing = queries.standing(event.id)
    if standing is None:
        raise NotClosed("This day is not closed, or somebody has opened it again already.")
    if not reason.strip():
        raise ReasonMissing("Say why, for whoever reads the history of this event.")
    assert event.last_ends_at is not None, "a day that was closed had an end"
    last_on, today = (terms.london(at).date() for at in (event.last_ends_at, now))
    if not closing_day.may_reopen(last_on, today):
        until = terms.day_text(closing_day.last_day_to_reopen(last_on))
        raise TooLateToReopen(
            f"The register could be corrected until {until}. The day stays closed."
        )
    standing.reopened_at, standing.reopened_by_id = now, actor.person_id
    standing.reopened_reason = reason.strip()
    _record(actor, "reopen_day", event, now, reason=standing.reopened_reason)


def _record(
    actor: Actor, action: str, event: Event, now: datetime, reason: str = "", **facts: Any
) -> None:
    audit.record(
        actor=actor,
        action=action,
        subject=event,
        school_id=event.host_school_id,
        reason=reason,
        now=now,
        **facts,
    )
