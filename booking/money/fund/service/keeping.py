"""The list of funds, and the rules for whoever keeps the books."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import exists, select
from sqlalchemy.exc import IntegrityError

from booking.domain import funds, money
from booking.domain.ledger import Fund
from booking.domain.ledger.rule_changes import RuleBook
from booking.domain.permissions import Actor
from booking.foundation.audit import service as audit
from booking.foundation.db import THE_ROW, db
from booking.money.fund import locks, queries
from booking.money.fund.details import FundDetails, KeptRules
from booking.money.fund.models import EntryLine, FundRow, LedgerRules


class FundRefused(ValueError):
    """The list of funds was not changed; the message says why and what to do instead."""


def add_fund(*, actor: Actor, now: datetime, details: FundDetails) -> FundRow:
    """Add a fund; its slug is made from its title and never changes. Raises FundRefused."""
    _check(details)
    slug = funds.slug_of(details.title)
    if not slug:
        raise FundRefused("Give the fund a name with letters in it.")
    row = FundRow(
        name=Fund(slug),
        title=details.title.strip(),
        purpose=details.purpose.strip(),
        restricted=details.restricted,
    )
    try:
        with db.session.begin_nested():
            db.session.add(row)
    except IntegrityError as error:
        raise FundRefused("There is already a fund with this name. Choose another.") from error
    _record(row, actor, now, "add_fund")
    return row


def change_fund(*, actor: Actor, now: datetime, fund: FundRow, details: FundDetails) -> FundRow:
    """Change a fund's name and purpose. Raises FundRefused.

    Once money has come in, a restriction stays: it is a promise to the donor.
    """
    row = _own(fund)
    _check(details)
    if row.restricted and not details.restricted and is_used(row.name):
        raise FundRefused(
            "Money has come into this fund for its purpose, so it stays restricted. "
            "Add another fund for money that is free."
        )
    row.title, row.purpose = details.title.strip(), details.purpose.strip()
    row.restricted = details.restricted
    _record(row, actor, now, "change_fund")
    return row


def close_fund(*, actor: Actor, now: datetime, fund: FundRow) -> FundRow:
    """Close an empty fund: forms no longer offer it, its entries stay. Raises FundRefused."""
    row = _own(fund)
    if row.closed_at is not None:
        raise FundRefused("This fund is already closed. There is nothing more to do.")
    if held := queries.fund_balance(row.name):
        raise FundRefused(
            f"{row.title} holds {money.pounds(held)}. Spend it, or move it to another fund, "
            "before you close it."
        )
    row.closed_at = now
    _record(row, actor, now, "close_fund")
    return row


def open_fund(*, actor: Actor, now: datetime, fund: FundRow) -> FundRow:
    """Reopen a closed fund, so that forms offer it again. Raises FundRefused."""
    row = _own(fund)
    if row.closed_at is None:
        raise FundRefused("This fund is already open. There is nothing more to do.")
    row.closed_at = None
    _record(row, actor, now, "open_fund")
    return row


def remove_fund(*, actor: Actor, now: datetime, fund: FundRow) -> None:
    """Remove a fund without entries, added by mistake. Raises FundRefused."""
    row = _own(fund)
    if is_used(row.name):
        raise FundRefused(
            "This fund has entries, so it cannot be removed. Close it once it is empty."
        )
    _record(row, actor, now, "remove_fund")
    db.session.delete(row)


def is_used(fund: Fund) -> bool:
    """Return whether the fund has entries."""
    return bool(db.session.scalar(select(exists().where(EntryLine.fund == fund))))


def keep_rules(*, actor: Actor, now: datetime, alone_up_to_pence: int) -> LedgerRules:
    """Set the most that one person may pay or reverse alone, once two people agree on it."""
    row = locks.rules()
    if row is None:
        row = LedgerRules(id=THE_ROW)
        db.session.add(row)
    row.alone_up_to_pence = alone_up_to_pence
    row.changed_at, row.changed_by_id = now, actor.person_id
    audit.record(
        actor=actor,
        action="keep_ledger_rules",
        subject=row,
        now=now,
        alone_up_to_pence=alone_up_to_pence,
    )
    return row


def ledger_book(book: RuleBook) -> KeptRules | None:
    """Return how the rules of the ledger are read and kept."""
    if book is not RuleBook.LEDGER:
        return None
    return KeptRules(
        title="When two people decide",
        endpoint="fund.rules",
        values=_values,
        words=lambda values: [
            (
                "The most that one person can pay or reverse alone",
                money.pounds(values["alone_up_to_pence"]),
            ),
            (
                "The account that money is asked into",
                values.get("account") or "whatever the settings name",
            ),
        ],
        keep=_keep,
    )


def _values() -> dict[str, Any]:
    account = queries.confirmed_account()
    limit = {"alone_up_to_pence": queries.alone_up_to_pence()}
    return limit | ({"account": account} if account else {})


def _keep(*, actor: Actor, now: datetime, wanted: Mapping[str, Any]) -> LedgerRules:
    # The account needs no row: `queries.confirmed_account` reads what two people confirmed.
    return keep_rules(actor=actor, now=now, alone_up_to_pence=wanted["alone_up_to_pence"])


def _check(details: FundDetails) -> None:
    if not details.title.strip():
        raise FundRefused("Give the fund a name.")
    if not details.purpose.strip():
        raise FundRefused("Say what the fund's money is for.")


def _own(fund: FundRow) -> FundRow:
    """Return one of the network's own funds, with all funds locked. Raises FundRefused."""
    if funds.is_built_in(fund.name):
        raise FundRefused(
            "This fund is built in and cannot be changed. Add another for your purpose."
        )
    locks.funds()
    found = db.session.get(FundRow, fund.name, populate_existing=True)
    if found is None:
        raise FundRefused("Somebody has removed this fund. Go back to the list.")
    return found


def _record(row: FundRow, actor: Actor, now: datetime, action: str) -> None:
    audit.record(
        actor=actor,
        action=action,
        subject=row,
        now=now,
        fund=row.name.value,
        restricted=row.restricted,
    )
