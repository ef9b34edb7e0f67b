"""Tables of the ledger: entries, lines, seals and closed years (append-only), totals and funds.

The database itself makes sure that an entry balances, never gains a line later and is not in a
closed year, and that the totals follow the seals: see migrations/versions/0010_append_only.py and
0015_ledger_balances.py.
"""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    CheckConstraint,
    Dialect,
    ForeignKey,
    Index,
    String,
    TypeDecorator,
    text,
)
from sqlalchemy.orm import Mapped, foreign, mapped_column, relationship

from booking.days.events.models import Event
from booking.domain.funds import SLUG_MAX
from booking.domain.ledger import DecisionState, EntryKind, Fund, Subject, naming
from booking.domain.ledger.rule_changes import RuleBook, RuleChangeState
from booking.foundation import clock
from booking.foundation.audit.append_only import AppendOnly
from booking.foundation.db import Model, words
from booking.foundation.tokens import new_public_id
from booking.people.schools.models import Person, School


class FundSlug(TypeDecorator[Fund]):
    """A fund by its slug; the table `funds` says which funds there are."""

    impl = String(SLUG_MAX)
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Refuse what cannot be the slug of a fund."""
        return None if value is None else Fund(value).value

    def process_result_value(self, value: Any, dialect: Dialect) -> Fund | None:
        """Return the fund."""
        return None if value is None else Fund(value)


class Entry(AppendOnly, Model):
    """One balanced entry: what moved, when, why, and who entered it."""

    __tablename__ = "entries"
    __table_args__ = (
        CheckConstraint("line_count >= 2", name="two_lines_at_least"),
        # Nearly all entries are missing from the unique index; SQLite would read every entry.
        Index(
            "ix_entries_reversals",
            "reverses_id",
            sqlite_where=text("reverses_id IS NOT NULL"),
            postgresql_where=text("reverses_id IS NOT NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Unique per source ("payment:<public id>"): repeating is harmless.
    key: Mapped[str] = mapped_column(unique=True)
    kind: Mapped[str] = mapped_column(index=True)
    description: Mapped[str]
    #: The date it counts for, in London.
    entered_on: Mapped[date] = mapped_column(index=True)
    entered_at: Mapped[datetime] = mapped_column(default=clock.now)
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"), index=True)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    #: Required for a reversal and for entries typed by hand.
    reason: Mapped[str] = mapped_column(default="")
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id"), unique=True)
    #: The school it concerns, by slug; "" if none.
    school: Mapped[str] = mapped_column(default="", index=True)
    #: How many lines it has; the database allows neither fewer nor more.
    line_count: Mapped[int]
    lines: Mapped[list["EntryLine"]] = relationship(back_populates="entry", order_by="EntryLine.id")
    size: Mapped["EntrySize"] = relationship()
    event: Mapped[Event | None] = relationship()
    of_school: Mapped[School | None] = relationship(
        primaryjoin=lambda: foreign(Entry.school) == School.slug, viewonly=True
    )
    made_by: Mapped[Person | None] = relationship()
    #: The entry that this one reverses, and the one that reverses this.
    reverses: Mapped["Entry | None"] = relationship(remote_side=[id], back_populates="reversed_by")
    reversed_by: Mapped["Entry | None"] = relationship(back_populates="reverses")

    @property
    def title(self) -> str:
        """Return what happened: "Contribution, Fossil hunt, Tindlebrook Primary School".

        Lists load what it needs with `queries.NAMED`.
        """
        return naming.title(
            EntryKind(self.kind),
            self.description,
            fee_kind=self.event.fee_kind if self.event else None,
            event=self.event.title if self.event else "",
            school=self.of_school.name if self.of_school else "",
        )

    def __repr__(self) -> str:
        """Return the class and the key."""
        return f"<Entry {self.key}>"


class EntryLine(AppendOnly, Model):
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
    fund: Mapped[Fund] = mapped_column(FundSlug, ForeignKey("funds.name"))
    pence: Mapped[int]
    #: What the money is for, in the words of the fee's breakdown. Never a person's name.
    memo: Mapped[str] = mapped_column(default="")
    entry: Mapped[Entry] = relationship(back_populates="lines")


class EntrySize(AppendOnly, Model):
    """How large an entry is, as people speak of it (`ledger.amount`), so that it is found by it."""

    __tablename__ = "entry_sizes"
    __table_args__ = (CheckConstraint("pence > 0", name="of_something"),)

    entry_id: Mapped[int] = mapped_column(
        ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True
    )
    pence: Mapped[int] = mapped_column(BigInteger, index=True)


class LedgerSeal(AppendOnly, Model):
    """A seal over a series of entries in id order: the hash chain. Append-only."""

    __tablename__ = "ledger_seals"

    id: Mapped[int] = mapped_column(primary_key=True)
    first_id: Mapped[int] = mapped_column(unique=True)
    last_id: Mapped[int] = mapped_column(unique=True)
    previous_hash: Mapped[str]
    hash: Mapped[str] = mapped_column(unique=True)
    #: [row id, hash after it] for each row, so that the first broken row can be named.
    marks: Mapped[list[list[Any]]] = mapped_column(JSON)
    sealed_at: Mapped[datetime] = mapped_column(default=clock.now)


class DayTotal(Model):
    """What one account moved in one fund on one day, over all sealed entries (pence).

    The database adds a batch when it is sealed; readers add up the entries that are waiting for a
    seal (`queries.movements`). Derived: `fund verify` compares it with the lines.
    """

    __tablename__ = "ledger_totals"
    __table_args__ = (CheckConstraint("line_count > 0", name="of_some_lines"),)

    account: Mapped[str] = mapped_column(primary_key=True)
    fund: Mapped[Fund] = mapped_column(FundSlug, ForeignKey("funds.name"), primary_key=True)
    entered_on: Mapped[date] = mapped_column(primary_key=True)
    debit_pence: Mapped[int] = mapped_column(BigInteger)
    credit_pence: Mapped[int] = mapped_column(BigInteger)
    line_count: Mapped[int]


class EventTotal(Model):
    """What one event moved in one account and fund, over all sealed entries; like DayTotal."""

    __tablename__ = "ledger_event_totals"

    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True)
    account: Mapped[str] = mapped_column(primary_key=True)
    fund: Mapped[Fund] = mapped_column(FundSlug, ForeignKey("funds.name"), primary_key=True)
    #: Debits less credits.
    pence: Mapped[int] = mapped_column(BigInteger)


class FundRow(Model):
    """One of the network's funds. To spend from a fund, lock its row first.

    Three are built in. None can be deleted once a line names it, because of a foreign key.
    """

    __tablename__ = "funds"

    name: Mapped[Fund] = mapped_column(FundSlug, primary_key=True)
    title: Mapped[str]
    #: What its money is for, as forms and statements show it.
    purpose: Mapped[str] = mapped_column(default="")
    #: Its donors said what the money is for: it is spent on that, and not moved to another fund.
    restricted: Mapped[bool] = mapped_column(default=False)
    #: When it was closed to new money; None while it is open.
    closed_at: Mapped[datetime | None]

    @property
    def full_title(self) -> str:
        """Return the fund's title and, if it is restricted, its purpose."""
        return f"{self.title}, restricted: {self.purpose}" if self.restricted else self.title

    def __repr__(self) -> str:
        """Return the class and the slug."""
        return f"<FundRow {self.name}>"


class LedgerRules(Model):
    """The network's rules for its treasurer, in one row."""

    __tablename__ = "ledger_rules"
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint("alone_up_to_pence >= 0", name="not_below_zero"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: The largest entry that one person may reverse without a second person.
    alone_up_to_pence: Mapped[int]
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class Decision(Model):
    """What one person asks and a second decides: a reversal, or an event's deficit."""

    __tablename__ = "ledger_decisions"
    __table_args__ = (
        CheckConstraint("decided_by_id <> asked_by_id", name="second_person"),
        CheckConstraint("(entry_id IS NULL) <> (event_id IS NULL)", name="of_one_thing"),
        CheckConstraint(
            "(state = 'asked') = (decided_at IS NULL) AND (state = 'approved' OR made_id IS NULL)",
            name="decided_or_not",
        ),
        # A request made twice would be decided twice.
        Index(
            "uq_ledger_decisions_open_entry",
            "entry_id",
            unique=True,
            sqlite_where=text("state = 'asked'"),
            postgresql_where=text("state = 'asked'"),
        ),
        Index(
            "uq_ledger_decisions_open_event",
            "event_id",
            unique=True,
            sqlite_where=text("state = 'asked'"),
            postgresql_where=text("state = 'asked'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    subject: Mapped[Subject] = mapped_column(words(Subject))
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id"))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"))
    #: How large the entry or the deficit was when the request was made.
    pence: Mapped[int]
    reason: Mapped[str]
    state: Mapped[DecisionState] = mapped_column(
        words(DecisionState), default=DecisionState.ASKED, index=True
    )
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    #: Why it was refused.
    answer: Mapped[str] = mapped_column(default="")
    #: The entry that was posted when it was approved.
    made_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id"))
    entry: Mapped[Entry | None] = relationship(foreign_keys=[entry_id])
    event: Mapped[Event | None] = relationship()
    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])
    made: Mapped[Entry | None] = relationship(foreign_keys=[made_id])

    @property
    def about(self) -> str:
        """Return the entry's title or the event's."""
        if self.entry is not None:
            return self.entry.title
        assert self.event is not None, "it is about an entry or an event"
        return self.event.title


class RuleChange(Model):
    """Other rules of money, proposed by one person; a second confirms or refuses them."""

    __tablename__ = "rule_changes"
    __table_args__ = (
        CheckConstraint(
            "state = 'withdrawn' OR decided_by_id IS NULL OR decided_by_id <> asked_by_id",
            name="second_person",
        ),
        CheckConstraint(
            "(state IN ('asked', 'lapsed')) = (decided_at IS NULL)", name="decided_or_not"
        ),
        # One at a time: which of two would be the rule is not for chance.
        Index(
            "uq_rule_changes_open_book",
            "book",
            unique=True,
            sqlite_where=text("state = 'asked'"),
            postgresql_where=text("state = 'asked'"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    book: Mapped[RuleBook] = mapped_column(words(RuleBook))
    #: The rules as proposed, and as they were then: plain values by name.
    wanted: Mapped[dict[str, Any]] = mapped_column(JSON)
    was: Mapped[dict[str, Any]] = mapped_column(JSON)
    state: Mapped[RuleChangeState] = mapped_column(
        words(RuleChangeState), default=RuleChangeState.ASKED, index=True
    )
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: From then on it waits no longer.
    expires_at: Mapped[datetime]
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    decided_at: Mapped[datetime | None]
    asked_by: Mapped[Person] = relationship(foreign_keys=[asked_by_id])
    decided_by: Mapped[Person | None] = relationship(foreign_keys=[decided_by_id])


class ClosedYear(AppendOnly, Model):
    """A school year whose books are closed: no more entries can be dated in it or before it."""

    __tablename__ = "closed_years"
    __table_args__ = (CheckConstraint("first_on < last_on", name="in_order"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    first_on: Mapped[date] = mapped_column(unique=True)
    last_on: Mapped[date] = mapped_column(unique=True)
    closed_at: Mapped[datetime] = mapped_column(default=clock.now)
    closed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    #: What was still open and was accepted, in the words of the check list.
    accepted: Mapped[list[str]] = mapped_column(JSON)
    #: For each fund: brought forward, came in, spent, moved, carried forward (pence).
    funds: Mapped[dict[str, dict[str, int]]] = mapped_column(JSON)
    #: The newest seal at that time: print it with the year's statement.
    seal_hash: Mapped[str]
    closed_by: Mapped[Person | None] = relationship()


class Publicity(Model):
    """Whether everybody may see where fees went, in one row; off until the lead decides."""

    __tablename__ = "fund_publicity"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    shown: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
