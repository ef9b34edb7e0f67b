"""Tables of parents' answers, of the status of fees, and of what links card money to the ledger."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.days.places.models import Booking
from booking.domain.booking_states import BookingState
from booking.domain.needs import Collection, PhotoPermission
from booking.domain.payment_states import FundingStatus
from booking.foundation import clock
from booking.foundation.db import Model, words
from booking.foundation.encryption import EncryptedText, Sealed
from booking.foundation.tokens import new_public_id
from booking.money.payments.models import BalanceRow, Payment, Refund
from booking.people.pupils.models import Parent
from booking.people.schools.models import Person


class Consent(Model):
    """Who said yes, to which words, when and how. One row per answer; the newest counts."""

    __tablename__ = "consents"
    __table_args__ = (Index("ix_consents_booking_id_given_at", "booking_id", "given_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id"))
    given: Mapped[bool]
    #: Name as typed by the parent, or as read from a paper slip.
    given_by: Mapped[str]
    #: "link" or "paper".
    channel: Mapped[str]
    #: SHA-256 of the exact words the parent agreed to.
    wording_hash: Mapped[str]
    #: Digest of the facts that the answer is for (`domain/consenting`); "" for an answer from
    #: before digests were kept, which is known by its words alone.
    facts_digest: Mapped[str] = mapped_column(default="")
    #: Whose private link it came by; None on paper.
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("parents.id"))
    given_at: Mapped[datetime] = mapped_column(default=clock.now)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class Needs(Sealed, Model):
    """The needs on the day for one booking; health text is encrypted and later deleted."""

    __tablename__ = "needs"

    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id"), primary_key=True)
    #: Life-safety alert: allergy, asthma, epilepsy, diabetes; where the medicine is.
    health: Mapped[str | None] = mapped_column(EncryptedText)
    #: "step-free route", "quiet space": the adjustment, never the diagnosis.
    access: Mapped[str | None] = mapped_column(EncryptedText)
    #: Codes of `needs.Diet`; empty: none.
    diets: Mapped[list[str]] = mapped_column(JSON, default=list)
    #: What the home school learnt about "something else" among the diets, for the kitchen.
    diet_note: Mapped[str | None] = mapped_column(EncryptedText)
    photo: Mapped[PhotoPermission] = mapped_column(
        words(PhotoPermission), default=PhotoPermission.NONE
    )
    collection: Mapped[Collection] = mapped_column(words(Collection), default=Collection.SCHOOL)
    #: Named adult who collects, when `collection` says so.
    collected_by: Mapped[str | None] = mapped_column(EncryptedText)
    emergency_name: Mapped[str | None] = mapped_column(EncryptedText)
    emergency_phone: Mapped[str | None] = mapped_column(EncryptedText)
    answered_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: Which parent told health, access and food, and which one photos, getting home and whom to
    #: ring: nobody else is shown them. None on paper, or when more than one parent did.
    told_by_id: Mapped[int | None] = mapped_column(ForeignKey("parents.id"))
    day_by_id: Mapped[int | None] = mapped_column(ForeignKey("parents.id"))
    #: When all the answers were sent; until then they are the parent's draft.
    sent_at: Mapped[datetime | None]
    purged_at: Mapped[datetime | None] = mapped_column(index=True)


class ConsentQuestion(Model):
    """Consent that is asked for again, for the event has moved; gone once it is answered."""

    __tablename__ = "consent_questions"

    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id"), primary_key=True)
    #: The facts that are asked about.
    facts_digest: Mapped[str]
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: Until when an answer is hoped for. Nothing happens to the place after it.
    reply_by_at: Mapped[datetime] = mapped_column(index=True)
    reminded_at: Mapped[datetime | None]


class Objection(Model):
    """A parent does not agree with what became of a place; the home school talks to both."""

    __tablename__ = "objections"
    __table_args__ = (Index("ix_objections_booking_id_parent_id", "booking_id", "parent_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id"))
    parent_id: Mapped[int] = mapped_column(ForeignKey("parents.id"), index=True)
    #: How the place stood when it was said.
    state: Mapped[BookingState] = mapped_column(words(BookingState))
    raised_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: Whether the place was asked for again, and given: once for each booking.
    took_back: Mapped[bool] = mapped_column(default=False)
    settled_at: Mapped[datetime | None] = mapped_column(index=True)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    booking: Mapped[Booking] = relationship()
    parent: Mapped[Parent] = relationship()


class FamilyMatter(StrEnum):
    """What a parent needs a person of the school for."""

    QUESTION = "question"
    #: The mail reached somebody who is no parent of the pupil.
    NOT_MINE = "not_mine"


class FamilyQuestion(Sealed, Model):
    """A parent asked their school something by private link, or said whose child it is not."""

    __tablename__ = "family_questions"
    __table_args__ = (Index("ix_family_questions_parent_id_asked_at", "parent_id", "asked_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id"), index=True)
    parent_id: Mapped[int] = mapped_column(ForeignKey("parents.id"))
    matter: Mapped[FamilyMatter] = mapped_column(words(FamilyMatter))
    #: What was asked; it may say anything, so it is encrypted.
    text: Mapped[str | None] = mapped_column(EncryptedText)
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    settled_at: Mapped[datetime | None] = mapped_column(index=True)
    settled_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    booking: Mapped[Booking] = relationship()
    parent: Mapped[Parent] = relationship()


class Funding(Model):
    """The status of one booking's fee, seen by the pupil's own school and nobody else."""

    __tablename__ = "funding"

    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id"), primary_key=True)
    status: Mapped[FundingStatus] = mapped_column(words(FundingStatus))
    #: What the parent chose to give, in pence; the fee itself for a charge.
    asked_pence: Mapped[int]
    #: Remission is private: only the pupil's own school ever sees it.
    remitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reminded_at: Mapped[datetime | None]
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)


class Choice(StrEnum):
    """What a family wants done with a refund; if it chooses nothing, it gets the money back."""

    REFUND = "refund"
    GIFT = "gift"


class RefundChoice(Model):
    """A refund for a cancelled event, held until a stated time in case the family gives it."""

    __tablename__ = "refund_choices"

    refund_id: Mapped[int] = mapped_column(ForeignKey("refunds.id"), primary_key=True)
    #: From then on the money goes back automatically.
    ends_at: Mapped[datetime] = mapped_column(index=True)
    choice: Mapped[Choice | None] = mapped_column(words(Choice))
    chosen_at: Mapped[datetime | None]
    chosen_by_id: Mapped[int | None] = mapped_column(ForeignKey("parents.id"))
    #: SHA-256 of the exact words that the family read.
    wording_hash: Mapped[str] = mapped_column(default="")
    refund: Mapped[Refund] = relationship()


class RowEntry(Model):
    """The row of the card processor's account that a ledger entry is about: one at most."""

    __tablename__ = "row_entries"

    entry_id: Mapped[int] = mapped_column(ForeignKey("entries.id"), primary_key=True)
    row_id: Mapped[int] = mapped_column(ForeignKey("balance_rows.id"), index=True)


class Resolution(StrEnum):
    """How a disagreement was explained."""

    ATTACHED = "attached"
    REFUNDED = "refunded"
    NOTED = "noted"


class Explanation(Model):
    """Something at the processor that our books do not have, until a person explains it."""

    __tablename__ = "explanations"
    __table_args__ = (Index("ix_explanations_resolved_at_found_at", "resolved_at", "found_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    #: What it is about ("payment:…", "row:…", "payout:…"), so that it is listed only once.
    key: Mapped[str] = mapped_column(unique=True)
    problem: Mapped[str]
    #: Pence; below zero if it left the account.
    amount_pence: Mapped[int]
    payment_id: Mapped[int | None] = mapped_column(ForeignKey("payments.id"))
    row_id: Mapped[int | None] = mapped_column(ForeignKey("balance_rows.id"))
    #: The entry that keeps the money apart; empty if the ledger has none of it.
    parked_key: Mapped[str] = mapped_column(default="")
    found_at: Mapped[datetime] = mapped_column(default=clock.now)
    resolution: Mapped[Resolution | None] = mapped_column(words(Resolution))
    resolved_at: Mapped[datetime | None]
    resolved_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reason: Mapped[str] = mapped_column(default="")
    payment: Mapped[Payment | None] = relationship()
    row: Mapped[BalanceRow | None] = relationship()
    resolved_by: Mapped[Person | None] = relationship()


class PayIn(Model):
    """Cash and cheques of one school that were taken to the bank together."""

    __tablename__ = "pay_ins"
    __table_args__ = (
        CheckConstraint("amount_pence > 0", name="some_pence"),
        Index("ix_pay_ins_school_id_banked_on", "school_id", "banked_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"))
    amount_pence: Mapped[int]
    #: As on the paying-in slip.
    reference: Mapped[str] = mapped_column(index=True)
    banked_on: Mapped[date]
    recorded_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: When and why it was undone: the cash is in the cash box again.
    undone_at: Mapped[datetime | None]
    undo_reason: Mapped[str] = mapped_column(default="", server_default="")


class PayInPayment(Model):
    """A payment that a pay-in took to the bank; each is banked once."""

    __tablename__ = "pay_in_payments"

    payment_id: Mapped[int] = mapped_column(ForeignKey("payments.id"), primary_key=True)
    pay_in_id: Mapped[int] = mapped_column(ForeignKey("pay_ins.id"), index=True)
    pence: Mapped[int]
