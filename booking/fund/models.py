"""Tables of the ledger: entries, their lines and the seals over them (append-only), and funds.

That an entry balances, and never gains a line later, is also kept by the database itself: see
migrations/versions/0010_append_only.py.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking import clock
from booking.audit.append_only import AppendOnly
from booking.db import Model, words
from booking.domain.ledger import Fund
from booking.events.models import Event
from booking.schools.models import Person


class Entry(AppendOnly, Model):
    """One balanced entry: what moved, when, why, and who entered it."""

    __tablename__ = "entries"
    __table_args__ = (CheckConstraint("line_count >= 2", name="two_lines_at_least"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Unique per source ("payment:<public id>"): repeating is harmless.
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(index=True)
    description: Mapped[str]
    #: The day it counts for, in London.
    entered_on: Mapped[date] = mapped_column(index=True)
    entered_at: Mapped[datetime] = mapped_column(default=clock.now)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"), index=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    #: Required for a reversal and for entries typed by hand.
    reason: Mapped[str] = mapped_column(default="")
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id"), unique=True)
    #: The school it concerns, by slug; "" when none.
    school: Mapped[str] = mapped_column(default="")
    #: How many lines it has: the database lets it have neither fewer nor more.
    line_count: Mapped[int]
    lines: Mapped[list["Line"]] = relationship(back_populates="entry", order_by="Line.id")
    event: Mapped[Event | None] = relationship()
    made_by: Mapped[Person | None] = relationship()
    #: The entry that this one undoes, and the one that undoes this.
    reverses: Mapped["Entry | None"] = relationship(remote_side=[id], back_populates="reversed_by")
    reversed_by: Mapped["Entry | None"] = relationship(back_populates="reverses")

    def __repr__(self) -> str:
        """Show the key."""
        return f"<Entry {self.key}>"


class Line(AppendOnly, Model):
    """One line of an entry: debit positive, credit negative, in pence; a fund on every line."""

    __tablename__ = "entry_lines"
    __table_args__ = (
        CheckConstraint("pence != 0", name="not_zero"),
        Index("ix_entry_lines_fund_account", "fund", "account"),
        Index("ix_entry_lines_account", "account"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), index=True)
    account: Mapped[str]
    fund: Mapped[Fund] = mapped_column(words(Fund))
    pence: Mapped[int]
    #: What the money is for, as the breakdown of the fee calls it. Never a person's name.
    memo: Mapped[str] = mapped_column(default="")
    entry: Mapped[Entry] = relationship(back_populates="lines")


class LedgerSeal(AppendOnly, Model):
    """A seal over a run of entries in id order: the hash chain. Append-only."""

    __tablename__ = "ledger_seals"

    id: Mapped[int] = mapped_column(primary_key=True)
    first_id: Mapped[int] = mapped_column(unique=True)
    last_id: Mapped[int] = mapped_column(unique=True)
    previous_hash: Mapped[str]
    hash: Mapped[str] = mapped_column(unique=True)
    #: [row id, hash after it] for each row, so that the first broken row can be named.
    marks: Mapped[list[list[Any]]] = mapped_column(JSON)
    sealed_at: Mapped[datetime] = mapped_column(default=clock.now)


class FundRow(Model):
    """One row for each fund: whoever spends from a fund locks its row first."""

    __tablename__ = "funds"

    name: Mapped[Fund] = mapped_column(words(Fund), primary_key=True)
