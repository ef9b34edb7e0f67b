"""How long bank lines' descriptions are kept: they may name a person. Date and amount stay."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from booking.domain.keeping import others
from booking.foundation.chores import RetentionRule, emptying
from booking.money.bank.models import BankLine

#: What replaces a bank's words.
WORDS_REMOVED = "(words removed)"


def rules() -> Sequence[RetentionRule]:
    """Return when the descriptions on statements are deleted."""
    return (
        emptying(
            "descriptions on bank statements",
            others.BANK,
            BankLine,
            _old,
            lambda _now: {"description": WORDS_REMOVED},
        ),
    )


def _old(now: datetime) -> list[Any]:
    kept_from = others.BANK.first_kept(now)
    return [BankLine.moved_on < kept_from, BankLine.description != WORDS_REMOVED]
