"""What a statement's figures do not say by themselves: bound funds, and money that is promised."""

from collections.abc import Sequence
from datetime import date

from booking.domain import money
from booking.money.fund.models import FundRow


def restricted(rows: Sequence[FundRow]) -> list[str]:
    """Return which funds are bound to a purpose, and to which."""
    return [f"{row.full_title.rstrip('.')}." for row in rows if row.restricted]


def promised(title: str, pence: int, on: date) -> list[str]:
    """Return how much of a fund (pence) was promised on a day and not yet paid.

    The Charities SORP has such commitments in a note, for they are no expenditure yet.
    """
    if not pence:
        return []
    return [
        f"{title}: {money.pounds(pence)} was promised to approved bids and not yet paid on "
        f"{on:%-d %B %Y}. It is no expenditure yet, and is part of what the fund holds."
    ]
