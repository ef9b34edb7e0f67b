"""What the bank does when an entry that is matched is put right in the ledger."""

from collections.abc import Sequence
from datetime import datetime

from booking.domain.permissions import Actor
from booking.foundation.db import db
from booking.money.bank import queries
from booking.money.bank.models import MatchedEntry
from booking.money.bank.service import matching
from booking.money.fund.models import Entry


def match_money(*, actor: Actor, now: datetime, line: str, keys: Sequence[str]) -> None:
    """Match a line with the entries that were just made for it. Raises a MatchRefused."""
    matching.match(actor=actor, now=now, lines=[line], entries=keys)


def follow_cost(entry: Entry, reversal: Entry, again: Entry) -> None:
    """Let a cost's match go on when it is moved to another event.

    The reversal and the new entry join it: together the three are what the one was at the bank.
    """
    match_id = queries.match_id_of(entry.id)
    if match_id is None:
        return
    for each in (reversal, again):
        db.session.add(MatchedEntry(entry_id=each.id, match_id=match_id))
    db.session.flush()
