"""Whether a fund, or the cash box, can pay; checked with the funds locked."""

from booking.domain import funds, ledger, money
from booking.domain.ledger import Fund, accounts
from booking.money.fund import ports, queries


class NotEnoughMoney(ValueError):
    """A fund or the cash box holds too little; the message says how much."""


def refuse_overspending(*, pence: int, fund: Fund, account: str) -> None:
    """Raise NotEnoughMoney unless the fund and the cash box can pay; call `locks.funds` first.

    `events` and `admin` may go below zero (domain/funds.py says why); no other fund may.
    """
    if fund not in funds.MAY_OVERDRAW:
        held, promised = queries.fund_money(fund), sum(ports.promised(fund))
        if not ledger.may_spend(held, promised, pence):
            of_which = f", of which {money.pounds(promised)} is promised" if promised else ""
            raise NotEnoughMoney(
                f"{named(fund)} holds {money.pounds(held)}{of_which}. "
                f"It cannot pay {money.pounds(pence)}. Pay less, or wait until more has come in."
            )
    refuse_more_than_cash(pence=pence, account=account)


def named(fund: Fund) -> str:
    """Return a fund as the start of a sentence: "The CPD fund", "The fund “Bursaries”"."""
    title = queries.fund_title(fund)
    return f"The {title}" if "fund" in title.casefold() else f"The fund “{title}”"


def refuse_more_than_cash(*, pence: int, account: str) -> None:
    """Raise NotEnoughMoney if more is to be taken from the cash box than there is."""
    if account == accounts.CASH:
        cash = sum(queries.held_by_fund(accounts.CASH).values())
        if pence > cash:
            raise NotEnoughMoney(
                f"There is only {money.pounds(cash)} in the cash box. Take the rest from the bank."
            )
