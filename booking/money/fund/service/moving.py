"""Move a cost that was recorded for the wrong event to another: one act, and both stay to be read.

The ledger gets the mirror image of the entry and the same cost for the other event, both dated
today, so that no closed year changes and no total of the fund does. The funds and the bank
account hold what they held. But where the other event is another school's, one person may move what
they may pay to that school alone, and no more: otherwise a payment would come there by a detour.
"""

from dataclasses import replace
from datetime import datetime

from booking.days.events.models import Event
from booking.domain import ledger
from booking.domain.ledger import EntryKind
from booking.domain.ledger.two_people import WhyTwo
from booking.domain.permissions import Actor
from booking.foundation.clock import LONDON
from booking.money.fund import locks, ports, queries
from booking.money.fund.models import Entry
from booking.money.fund.service import by_hand, posting, undoing
from booking.money.fund.whole_entries import draft_of

#: What can be for the wrong event, and stands for nothing but itself.
KINDS = frozenset({EntryKind.EVENT_COST, EntryKind.SPEAKER})


class NotMovable(ValueError):
    """This entry cannot be moved to that event; the message says why."""


def may_move(entry: Entry) -> bool:
    """Return whether an entry is a cost of an event, made by hand, that stands."""
    return (
        EntryKind(entry.kind) in KINDS
        and entry.event_id is not None
        and entry.reversed_by is None
        and undoing.source_of(entry.key) is None
    )


def move_cost(*, actor: Actor, now: datetime, entry: Entry, event: Event, reason: str) -> Entry:
    """Move a cost to another event, and return its new entry.

    Whoever matched the old entry with the bank hears of it, so that the match goes on. Raises
    NotMovable, also where the other school's money takes two people, ReasonMissing and
    AlreadyReversed.
    """
    locks.funds()
    reason = undoing.check_reason(reason)
    posting.reversible(entry, reason=reason)
    if not may_move(entry):
        raise NotMovable("Only a cost of an event that was recorded by hand can be moved.")
    if event.id == entry.event_id:
        raise NotMovable("It is recorded for this event already. Choose the right one.")
    _check_alone(entry, event, actor, now)
    reversal = posting.undo(actor=actor, now=now, entry=entry, reason=reason)
    draft = replace(draft_of(entry), key=f"moved:{entry.id}", event=event.slug, reason=reason)
    ledger.check(draft)
    again = posting.post(actor=actor, now=now, draft=draft, event_id=event.id)
    ports.cost_moved(entry, reversal, again)
    return again


def _check_alone(entry: Entry, event: Event, actor: Actor, now: datetime) -> None:
    """Raise NotMovable where paying the same to the other event's school takes two people."""
    if actor.kind != "person" or event.host_school_id == queries.gains(entry):
        return
    today = now.astimezone(LONDON).date()
    pence = posting.pence_of(entry)
    why = by_hand.why_two_for(event.host_school, pence, actor, on=today, today=today)
    if why is WhyTwo.OWN_SCHOOL:
        raise NotMovable(
            "The other event is of a school where you hold a role, so another treasurer moves it."
        )
    if why is not None:
        raise NotMovable(
            "The other event is another school’s, and one person may not pay it so much alone. "
            "Reverse this entry, and record the cost for that event: a second person then decides."
        )
