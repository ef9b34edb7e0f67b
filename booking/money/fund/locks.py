"""Lock the funds before deciding on what they hold, a decision, and the rules of the ledger."""

from sqlalchemy import select

from booking.foundation.db import THE_ROW, db
from booking.money.fund.models import Decision, FundRow, LedgerRules, Publicity


def funds() -> None:
    """Let only one transaction at a time decide on what the funds hold.

    PostgreSQL: the rows of `funds` are locked, in order of their names, until the transaction ends;
    not their keys, so that entries that need no decision are posted meanwhile. SQLite: the
    transaction is the only writer from its first statement on.
    """
    rows = select(FundRow).order_by(FundRow.name).with_for_update(key_share=True)
    db.session.scalars(rows).all()


def decision(decision_id: int) -> Decision:
    """Return a decision as it is now, locked; its event comes before it."""
    return db.session.scalars(
        select(Decision)
        .where(Decision.id == decision_id)
        .with_for_update()
        .execution_options(populate_existing=True)
    ).one()


def rules() -> LedgerRules | None:
    """Return the network's rules for its treasurer, locked; None while nobody has set them."""
    return db.session.get(LedgerRules, THE_ROW, with_for_update=True)


def publicity() -> Publicity | None:
    """Return the row that says what everybody may see, locked; None while nobody has set it."""
    return db.session.get(Publicity, THE_ROW, with_for_update=True)
