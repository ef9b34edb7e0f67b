"""Tables of what a parent answers: consent, the needs of the day, and the fee's standing."""

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from booking import clock
from booking.db import Model, words
from booking.domain.needs import Collection, PhotoPermission
from booking.domain.payment_states import FundingStatus
from booking.encryption import EncryptedText


class Consent(Model):
    """Who said yes, to what wording, when and how. One row per answer; the newest counts."""

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
    given_at: Mapped[datetime] = mapped_column(default=clock.now)
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class Needs(Model):
    """The needs of the day for one booking; health text is encrypted and purged."""

    __tablename__ = "needs"

    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id"), primary_key=True)
    #: Life-safety alert: allergy, asthma, epilepsy, diabetes; where the medicine is.
    health: Mapped[str | None] = mapped_column(EncryptedText)
    #: "step-free route", "quiet space": the adjustment, never the diagnosis.
    access: Mapped[str | None] = mapped_column(EncryptedText)
    #: Codes of `needs.Diet`; empty: none.
    diets: Mapped[list[str]] = mapped_column(JSON, default=list)
    photo: Mapped[PhotoPermission] = mapped_column(
        words(PhotoPermission), default=PhotoPermission.NONE
    )
    collection: Mapped[Collection] = mapped_column(words(Collection), default=Collection.SCHOOL)
    #: Named adult who collects, when `collection` says so.
    collected_by: Mapped[str | None] = mapped_column(EncryptedText)
    emergency_name: Mapped[str | None] = mapped_column(EncryptedText)
    emergency_phone: Mapped[str | None] = mapped_column(EncryptedText)
    answered_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: When the answers were sent as a whole; until then they are the parent's draft.
    sent_at: Mapped[datetime | None]
    purged_at: Mapped[datetime | None] = mapped_column(index=True)


class Funding(Model):
    """How the fee of one booking stands; seen by the pupil's own school and nobody else."""

    __tablename__ = "funding"

    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id"), primary_key=True)
    status: Mapped[FundingStatus] = mapped_column(words(FundingStatus))
    #: What the parent chose to give, in pence; the fee itself for a charge.
    asked_pence: Mapped[int]
    #: Remission is silent: only the home school ever sees it.
    remitted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    reminded_at: Mapped[datetime | None]
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
