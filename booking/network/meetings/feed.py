"""Meetings as a source of entries for private calendars."""

from collections.abc import Iterable, Sequence
from datetime import datetime

import icalendar

from booking.days.events import feeds
from booking.domain import permissions
from booking.domain.permissions import Action, Actor
from booking.network.meetings import ical, queries
from booking.network.meetings.models import Answer


def _is_offered(actor: Actor) -> bool:
    return permissions.may(actor, Action.SEE_MEETINGS)


def write(
    ids: Sequence[int], *, actor: Actor, base_url: str, now: datetime
) -> Iterable[icalendar.Event]:
    """Yield an entry for each meeting, tentative until the reader answers.

    People who cannot come are not shown as busy. A lead is, even when not invited.
    """
    meetings = queries.with_ids(ids)
    standings = queries.standings(actor.person_id, meetings)
    for meeting in meetings:
        answer = standings.get(meeting.id, Answer.COMING)
        yield ical.entry(
            meeting,
            base_url=base_url,
            busy=answer is not Answer.NOT_COMING,
            tentative=answer is None,
        )


def source() -> feeds.Source:
    """Return meetings as entries of private calendars."""
    return feeds.Source(
        kind="meetings",
        label="Meetings and training of the network’s staff",
        hint="Tentative until you say whether you will come.",
        offered=_is_offered,
        select=queries.in_calendar_of,
        write=write,
    )
