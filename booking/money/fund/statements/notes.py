"""What a statement's figures do not say: which funds are restricted, and what is promised."""

from collections.abc import Sequence
from datetime import date

from booking.domain import money
from booking.money.fund.models import FundRow


def restricted(rows: Sequence[FundRow]) -> list[str]:
    """Return which funds are restricted to a purpose, and which purpose."""
    return [f"{row.full_title.rstrip('.')}." for row in rows if row.restricted]


def promised(title: str, pence: int, on: date) -> list[str]:
    """Return how much of a fund (pence) had been promised by a day but not yet paid.

    The Charities SORP puts such commitments in a note, as they are not expenditure yet.
    """
    if not pence:
        return []
    return [
        f"{title}: {money.pounds(pence)} had been promised to approved bids but not yet paid on "
        f"{on:%-d %B %Y}. It is not expenditure yet, and is part of what the fund holds."
    ]
