"""Undo an entry where it was made: a page's entry through that page, a hand-made one in the ledger.

What made an entry would stay as it was if the ledger alone were put right: an invoice "paid in
full", a debt still asked for. So each feature says by the port `entry_sources` which entries are
its own, and undoes them together with whatever they stand for.
"""

from datetime import datetime

from booking.domain import ledger, money
from booking.domain.ledger import EntryKind, two_people
from booking.domain.permissions import Actor
from booking.domain.reasons import ReasonMissing
from booking.money.fund import ports, queries
from booking.money.fund.models import Entry
from booking.money.fund.ports import EntrySource
from booking.money.fund.service import posting


class MadeElsewhere(ValueError):
    """A page made this entry, so it is undone there; `source` says where."""

    def __init__(self, source: EntrySource) -> None:
        self.source = source
        super().__init__(f"This entry was made by {source.made_by}. {source.how}")


def source_of(key: str) -> EntrySource | None:
    """Return what made an entry, or None for one that only the ledger knows."""
    return next(iter(ports.entry_sources(key)), None)


def refuse_made_elsewhere(entry: Entry) -> None:
    """Raise MadeElsewhere unless the entry was made by hand."""
    if (source := source_of(entry.key)) is not None:
        raise MadeElsewhere(source)


def reverse(*, actor: Actor, now: datetime, entry: Entry, reason: str) -> Entry:
    """Reverse an entry made by hand by its mirror image, dated today, and return the reversal.

    A mistake is reversed even if that shows that a fund has been overspent: the books tell the
    truth, and further spending is refused. Raises MadeElsewhere, ledger.SecondPersonNeeded above
    the set amount (`decisions.ask_reversal` asks), AlreadyReversed, and what `ledger.reversal`
    raises (no reason; a reversal of a reversal).
    """
    refuse_made_elsewhere(entry)
    posting.reversible(entry, reason=reason)
    if needs_second(entry, actor):
        alone_up_to = money.pounds(queries.alone_up_to_pence())
        raise ledger.SecondPersonNeeded(
            f"It takes two people to reverse more than {alone_up_to}, or a payment to a school of "
            "your own. Ask a second."
        )
    return posting.undo(actor=actor, now=now, entry=entry, reason=reason)


def needs_second(entry: Entry, actor: Actor) -> bool:
    """Return whether undoing an entry takes somebody besides the actor.

    It does above the limit, and where a payment by hand went to a school of the actor's own.
    """
    if ledger.decides_alone(ledger.Subject.REVERSAL, actor):
        return False
    return is_own(entry, actor) or ledger.needs_second_person(
        posting.pence_of(entry), queries.alone_up_to_pence()
    )


def is_own(entry: Entry, actor: Actor) -> bool:
    """Return whether an entry is a payment by hand to a school where the actor holds a role."""
    pays = two_people.PAYS_OUT.get(EntryKind(entry.kind), False)
    return pays and source_of(entry.key) is None and queries.gains(entry) in actor.schools()


def key_after(key: str) -> str:
    """Return the key for the same fact recorded again, once the entry under `key` was undone.

    The caller holds the lock of what the entry is about.
    """
    number, free = 1, key
    while (found := queries.by_key(free)) is not None and found.reversed_by is not None:
        number += 1
        free = f"{key}:again-{number}"
    return free


def check_reason(reason: str) -> str:
    """Return the reason without its margins. Raises ReasonMissing."""
    if not reason.strip():
        raise ReasonMissing("Give a reason that a reader will understand years from now.")
    return reason.strip()
