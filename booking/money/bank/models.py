"""Tables of the bank's statements: what the bank wrote, and the entries it is matched with.

None of this touches the ledger: a match says that a bank line and a ledger entry are the same
money, and can be removed.
"""

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.foundation import clock
from booking.foundation.db import Model
from booking.foundation.tokens import new_public_id
from booking.money.fund.models import Entry
from booking.people.schools.models import Person


class BankStatement(Model):
    """One imported file. The closing balance of the newest is the sum of all lines."""

    __tablename__ = "bank_statements"
    __table_args__ = (CheckConstraint("first_on <= last_on", name="in_order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    file_name: Mapped[str]
    #: SHA-256 of the file, so that the same one is imported only once.
    file_hash: Mapped[str] = mapped_column(unique=True)
    first_on: Mapped[date]
    last_on: Mapped[date]
    #: The balance after the last line, according to the bank.
    closing_pence: Mapped[int] = mapped_column(BigInteger)
    #: How many of its lines were already here from an earlier statement.
    known_count: Mapped[int] = mapped_column(default=0)
    imported_at: Mapped[datetime] = mapped_column(default=clock.now)
    imported_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    imported_by: Mapped[Person | None] = relationship()
    lines: Mapped[list["BankLine"]] = relationship(
        back_populates="statement", order_by="BankLine.id", cascade="all, delete-orphan"
    )

    def __repr__(self) -> str:
        """Return the class and the dates."""
        return f"<BankStatement {self.first_on} to {self.last_on}>"


class BankMatch(Model):
    """Bank lines and ledger entries that are the same money."""

    __tablename__ = "bank_matches"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    made_by: Mapped[Person | None] = relationship()
    lines: Mapped[list["BankLine"]] = relationship(back_populates="match", order_by="BankLine.id")
    entries: Mapped[list["MatchedEntry"]] = relationship(
        back_populates="match", order_by="MatchedEntry.entry_id", cascade="all, delete-orphan"
    )


class BankLine(Model):
    """One line of a statement: pence into (plus) or out of (minus) the account."""

    __tablename__ = "bank_lines"
    __table_args__ = (
        CheckConstraint("pence <> 0", name="moves_money"),
        CheckConstraint("number >= 1", name="counted_from_one"),
        # The same line of overlapping statements is one line.
        UniqueConstraint("fingerprint", "number", name="uq_bank_lines_fingerprint_number"),
        # Whatever was there before the first statement is also one line.
        Index(
            "uq_bank_lines_brought_forward",
            "brought_forward",
            unique=True,
            sqlite_where=text("brought_forward"),
            postgresql_where=text("brought_forward"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    statement_id: Mapped[int] = mapped_column(ForeignKey("bank_statements.id"), index=True)
    #: The line number in the file; 0 for the balance brought forward.
    row: Mapped[int]
    moved_on: Mapped[date] = mapped_column(index=True)
    pence: Mapped[int] = mapped_column(BigInteger, index=True)
    #: As the bank wrote it: it may name a person, and is only shown on the fund's pages.
    description: Mapped[str]
    #: What every export says about this line, and which of several equal lines it is.
    fingerprint: Mapped[str]
    number: Mapped[int] = mapped_column(default=1)
    #: Whether it is what the account held before the first statement.
    brought_forward: Mapped[bool] = mapped_column(default=False)
    match_id: Mapped[int | None] = mapped_column(ForeignKey("bank_matches.id"), index=True)
    statement: Mapped[BankStatement] = relationship(back_populates="lines")
    match: Mapped[BankMatch | None] = relationship(back_populates="lines")


class MatchedEntry(Model):
    """An entry in a match; each entry is in one match only."""

    __tablename__ = "bank_matched_entries"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    match_id: Mapped[int] = mapped_column(ForeignKey("bank_matches.id"), index=True)
    entry: Mapped[Entry] = relationship()
    match: Mapped[BankMatch] = relationship(back_populates="entries")
