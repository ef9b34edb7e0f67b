"""The shapes that entries share: money received, spent, moved, and what is left to give back."""

from collections.abc import Iterable, Mapping, Sequence

from booking.domain import charging, money
from booking.domain.funds import Fund
from booking.domain.ledger import accounts
from booking.domain.ledger.entries import DraftLine, EntryRefused

#: A part of a payment as the ledger sees it: income account, fund, and what it is for.
IncomePart = tuple[str, Fund, str]


class NotAboveZero(EntryRefused):
    """This kind of entry records an amount above zero."""


class MoreThanThere(EntryRefused):
    """More is being refunded, banked or settled than there is."""


def above_zero(pence: int) -> None:
    """Raise NotAboveZero unless there is an amount."""
    if pence <= 0:
        raise NotAboveZero("Enter an amount above zero.")


def received(
    pence: int, parts: Sequence[charging.FeePart], account: str, income: str
) -> tuple[DraftLine, ...]:
    """Divide what came in by the breakdown; without one, all of it goes to `events`."""
    above_zero(pence)
    divided = charging.parts_of(pence, parts or [charging.FeePart("", pence, Fund.EVENTS)])
    credits = [DraftLine(income, part.fund, -part.pence, part.label) for part in divided]
    return (*mirrored(credits, account), *credits)


def mirrored(lines: Iterable[DraftLine], account: str) -> tuple[DraftLine, ...]:
    """Balance lines against one account, with one line for each fund."""
    totals: dict[Fund, int] = {}
    for line in lines:
        totals[line.fund] = totals.get(line.fund, 0) - line.pence
    return tuple(DraftLine(account, fund, pence) for fund, pence in totals.items() if pence)


def spent(pence: int, expense: str, account: str, fund: Fund) -> tuple[DraftLine, ...]:
    """Take an expense of one fund out of an account."""
    above_zero(pence)
    return (DraftLine(expense, fund, pence), DraftLine(account, fund, -pence))


def between(source: str, target: str, shares: Mapping[Fund, int]) -> tuple[DraftLine, ...]:
    """Move each fund's share (pence) from one account to another."""
    moved = [(fund, pence) for fund, pence in shares.items() if pence]
    return tuple(
        line
        for fund, pence in moved
        for line in (DraftLine(target, fund, pence), DraftLine(source, fund, -pence))
    )


def shares_held(amount_pence: int, held: Mapping[Fund, int]) -> dict[Fund, int]:
    """Share an amount by what each fund has there, or raise MoreThanThere."""
    above_zero(amount_pence)
    there = {fund: pence for fund, pence in held.items() if pence > 0}
    total = sum(there.values())
    if amount_pence > total:
        raise MoreThanThere(f"There is only {money.pounds(total)}. Check the amount.")
    return dict(zip(there, money.split(amount_pence, list(there.values())), strict=True))


def income_left(posted: Iterable[DraftLine]) -> dict[IncomePart, int]:
    """Work out what is left (pence) of each part of a payment.

    What the family gave instead of a refund is now a gift, and no longer part of the payment.
    """
    left: dict[IncomePart, int] = {}
    for line in posted:
        if accounts.is_income(line.account) and line.account != accounts.GRANTS:
            part = (line.account, line.fund, line.memo)
            left[part] = left.get(part, 0) - line.pence
    return {part: pence for part, pence in left.items() if pence > 0}
