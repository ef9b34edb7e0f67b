"""Lock the funds before deciding on their money, a decision, and the rules of the ledger."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, text

from booking.domain.ledger.rule_changes import RuleBook, RuleChangeState
from booking.domain.ledger.two_people import SpendingState
from booking.foundation.db import THE_ROW, db
from booking.money.fund.models import (
    DayTotal,
    Decision,
    Entry,
    FundRow,
    LedgerRules,
    Publicity,
    RuleChange,
    SpendingProposal,
)


def funds() -> None:
    """Let only one transaction at a time decide on what the funds hold.

    PostgreSQL: the rows of `funds` are locked, in order of name, until the transaction ends; not
    their keys, so that entries that need no decision can still be posted. SQLite: the transaction
    is the only writer from its first statement.
    """
    rows = select(FundRow).order_by(FundRow.name).with_for_update(key_share=True)
    db.session.scalars(rows).all()


def decision(decision_id: int) -> Decision:
    """Return a decision as it is now, locked; lock its event first."""
    return db.session.scalars(
        select(Decision)
        .where(Decision.id == decision_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def rule_change(change_id: int) -> RuleChange:
    """Return a proposal as it is now, locked."""
    return db.session.scalars(
        select(RuleChange)
        .where(RuleChange.id == change_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def lapsed_rule_changes(book: RuleBook, now: datetime) -> Sequence[RuleChange]:
    """Return the proposals of a book of rules whose time is over, locked."""
    return db.session.scalars(
        select(RuleChange)
        .where(
            RuleChange.book == book,
            RuleChange.state == RuleChangeState.ASKED,
            RuleChange.expires_at <= now,
        )
        .with_for_update()
    ).all()


def spending(proposal_id: int) -> SpendingProposal:
    """Return a proposed payment as it is now, locked; lock the funds first if it is approved."""
    return db.session.scalars(
        select(SpendingProposal)
        .where(SpendingProposal.id == proposal_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def lapsed_spending(now: datetime) -> Sequence[SpendingProposal]:
    """Return the proposed payments whose time is over, locked."""
    return db.session.scalars(
        select(SpendingProposal)
        .where(SpendingProposal.state == SpendingState.ASKED, SpendingProposal.expires_at <= now)
        .order_by(SpendingProposal.id)
        .with_for_update()
    ).all()


def rules() -> LedgerRules | None:
    """Return the network's rules for its treasurer, locked; None if nobody has set them."""
    return db.session.get(LedgerRules, THE_ROW, with_for_update=True)


def publicity() -> Publicity | None:
    """Return the row that says what everybody may see, locked; None if nobody has set it."""
    return db.session.get(Publicity, THE_ROW, with_for_update=True)


def entries() -> None:
    """Wait for entries that are being written, and keep new ones out until the year is closed.

    Otherwise one dated in that year could be committed after it was added up.
    """
    _table(Entry, "SHARE ROW EXCLUSIVE")


def totals() -> None:
    """Make any batch that is being sealed wait; it then adds itself to what we write."""
    _table(DayTotal, "EXCLUSIVE")


def _table(model: type[Entry | DayTotal], mode: str) -> None:
    """Lock a table on PostgreSQL; SQLite has a single writer, the caller."""
    if db.session.get_bind().dialect.name == "postgresql":
        db.session.execute(text(f"LOCK TABLE {model.__tablename__} IN {mode} MODE"))
