"""A claim as somebody fills it in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class CostClaimDetails:
    """What it cost (pence), for which line of the budget, what for, and who is to be paid."""

    pence: int
    line: str
    what: str
    payee: str
