"""Tables of bids for CPD money: bids, approvals, promises (append-only), receipts and rules."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.domain.bidding import BidKind, BidState
from booking.foundation import clock
from booking.foundation.audit.append_only import AppendOnly
from booking.foundation.db import Model, words
from booking.foundation.encryption import EncryptedBytes, Sealed
from booking.foundation.tokens import new_public_id
from booking.money.fund.models import Entry
from booking.people.schools.models import Person, School


class Bid(Model):
    """A school's bid for CPD money. It names nobody: the person who goes is given as a post."""

    __tablename__ = "bids"
    __table_args__ = (
        CheckConstraint("0 < asked_pence AND asked_pence <= cost_pence", name="share_of_the_cost"),
        CheckConstraint(
            "approved_pence IS NULL OR (0 < approved_pence AND approved_pence <= asked_pence)",
            name="approved_within_asked",
        ),
        CheckConstraint(
            "claimed_pence IS NULL OR (0 < claimed_pence AND claimed_pence <= approved_pence)",
            name="claimed_within_approved",
        ),
        CheckConstraint("(state = 'spent') = (entry_id IS NOT NULL)", name="spent_has_its_entry"),
        Index("ix_bids_school_id_takes_place_on", "school_id", "takes_place_on"),
        Index("ix_bids_state_lapses_at", "state", "lapses_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    kind: Mapped[BidKind] = mapped_column(words(BidKind, name="kind"))
    state: Mapped[BidState] = mapped_column(words(BidState, name="state"), default=BidState.APPLIED)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"))
    #: None once the person has been erased; the totals stay.
    applicant_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    #: The course, or the speaker's subject: the part that others read.
    title: Mapped[str]
    #: The course provider, or the speaker: read by those who decide.
    provider: Mapped[str]
    #: The post of the person who goes, or the speaker's audience: "Year 4 teachers".
    for_whom: Mapped[str]
    #: How the network's schools will benefit.
    benefit: Mapped[str]
    takes_place_on: Mapped[date]
    cost_pence: Mapped[int]
    asked_pence: Mapped[int]
    applied_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: The amount of the first approval; the second is for the same amount.
    approved_pence: Mapped[int | None]
    #: The highest share (percent) when it was approved, which applies to the final cost.
    percent: Mapped[int | None]
    approved_at: Mapped[datetime | None]
    #: When a reminder is due, and when the promise ends.
    warn_at: Mapped[datetime | None]
    warned_at: Mapped[datetime | None]
    lapses_at: Mapped[datetime | None]
    #: What it cost in the end, according to the receipt.
    paid_pence: Mapped[int | None]
    claimed_pence: Mapped[int | None]
    claimed_at: Mapped[datetime | None]
    #: Its entry in the ledger.
    entry_id: Mapped[int | None] = mapped_column(ForeignKey("entries.id"), unique=True)
    ended_at: Mapped[datetime | None]
    #: Why it was refused or withdrawn, or why a claim was sent back.
    reason: Mapped[str] = mapped_column(default="")
    school: Mapped[School] = relationship()
    applicant: Mapped[Person | None] = relationship()
    entry: Mapped[Entry | None] = relationship()
    approvals: Mapped[list["BidApproval"]] = relationship(order_by="BidApproval.id")

    def __repr__(self) -> str:
        """Return the class and the public id."""
        return f"<Bid {self.public_id}>"


class BidApproval(Model):
    """One person's approval of a bid; above a limit, two people must approve."""

    __tablename__ = "bid_approvals"
    __table_args__ = (UniqueConstraint("bid_id", "person_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    bid_id: Mapped[int] = mapped_column(ForeignKey("bids.id"))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    pence: Mapped[int]
    approved_at: Mapped[datetime] = mapped_column(default=clock.now)
    person: Mapped[Person | None] = relationship()


class BidPromise(AppendOnly, Model):
    """A change in what the CPD fund has promised: reserved (above zero) or released. Append-only.

    The sum is what is promised, now or on any earlier day, as a note to a year's accounts needs it.
    """

    __tablename__ = "bid_promises"
    __table_args__ = (CheckConstraint("pence <> 0", name="not_zero"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    bid_id: Mapped[int] = mapped_column(ForeignKey("bids.id"), index=True)
    #: Pence: above zero if reserved, below zero if released or spent.
    pence: Mapped[int]
    #: The state that the bid changed to.
    state: Mapped[BidState] = mapped_column(words(BidState, name="state"))
    made_at: Mapped[datetime] = mapped_column(default=clock.now)

    def __repr__(self) -> str:
        """Return the class, the bid's row and the amount."""
        return f"<BidPromise {self.bid_id} {self.pence}>"


class BidReceipt(Sealed, Model):
    """The file sent with a claim; encrypted, and kept for as long as the law requires."""

    __tablename__ = "bid_receipts"

    id: Mapped[int] = mapped_column(primary_key=True)
    bid_id: Mapped[int] = mapped_column(ForeignKey("bids.id"), index=True)
    #: "application/pdf", "image/jpeg" or "image/png", according to its content.
    content_type: Mapped[str]
    size_bytes: Mapped[int]
    #: SHA-256 of the content, in hex.
    sha256: Mapped[str]
    content: Mapped[bytes] = mapped_column(EncryptedBytes, deferred=True)
    uploaded_at: Mapped[datetime] = mapped_column(default=clock.now)


class BidRules(Model):
    """The network's rules for bids, in one row."""

    __tablename__ = "bid_rules"
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint("subsidy_percent BETWEEN 1 AND 100", name="subsidy_share"),
        CheckConstraint("speaker_percent BETWEEN 1 AND 100", name="speaker_share"),
        CheckConstraint(
            "0 < bid_max_pence AND bid_max_pence <= term_max_pence", name="ceilings_in_order"
        ),
        CheckConstraint("two_above_pence >= 0", name="two_above_zero"),
        CheckConstraint("lapse_days >= 1", name="lapses_later"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    subsidy_percent: Mapped[int]
    speaker_percent: Mapped[int]
    bid_max_pence: Mapped[int]
    term_max_pence: Mapped[int]
    two_above_pence: Mapped[int]
    lapse_days: Mapped[int]
    shown_to_visitors: Mapped[bool]
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
