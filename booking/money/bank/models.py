"""Tables of the bank's statements: what the bank wrote, and which entries it was matched with.

The ledger is not touched by any of this: matching says that a bank line and an entry of the
ledger are the same money, and can be taken back.
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
    """One imported file. The newest one's closing balance is the sum of all lines there are."""

    __tablename__ = "bank_statements"
    __table_args__ = (CheckConstraint("first_on <= last_on", name="in_order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    file_name: Mapped[str]
    #: SHA-256 of the file: the same one is imported once.
    file_hash: Mapped[str] = mapped_column(unique=True)
    first_on: Mapped[date]
    last_on: Mapped[date]
    #: What the account holds after the last line, as the bank says.
    closing_pence: Mapped[int] = mapped_column(BigInteger)
    #: Lines that an earlier statement had brought already.
    known_count: Mapped[int] = mapped_column(default=0)
    imported_at: Mapped[datetime] = mapped_column(default=clock.now)
    imported_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    imported_by: Mapped[Person | None] = relationship()
    lines: Mapped[list["BankLine"]] = relationship(
        back_populates="statement", order_by="BankLine.id", cascade="all, delete-orphan"
    )

    def __repr__(self) -> str:
        """Show the days."""
        return f"<BankStatement {self.first_on} to {self.last_on}>"


class BankMatch(Model):
    """Bank lines and entries of the ledger that are the same money."""

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
        # Whatever was there before the first statement is one line as well.
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
    #: The line of the file; 0 for the balance brought forward.
    row: Mapped[int]
    moved_on: Mapped[date] = mapped_column(index=True)
    pence: Mapped[int] = mapped_column(BigInteger)
    #: As the bank wrote it: it may name a person, and is shown on the fund's pages only.
    description: Mapped[str]
    #: What every export says of this line, and which of several equal ones it is.
    fingerprint: Mapped[str]
    number: Mapped[int] = mapped_column(default=1)
    #: What the account held before the first statement.
    brought_forward: Mapped[bool] = mapped_column(default=False)
    match_id: Mapped[int | None] = mapped_column(ForeignKey("bank_matches.id"), index=True)
    statement: Mapped[BankStatement] = relationship(back_populates="lines")
    match: Mapped[BankMatch | None] = relationship(back_populates="lines")


class MatchedEntry(Model):
    """An entry that a match holds: in one match only."""

    __tablename__ = "bank_matched_entries"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    match_id: Mapped[int] = mapped_column(ForeignKey("bank_matches.id"), index=True)
    entry: Mapped[Entry] = relationship()
    match: Mapped[BankMatch] = relationship(back_populates="entries")
