"""Tables of bank transfers: the reference of each parent and place, and whether any is offered."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.days.places.models import Booking
from booking.foundation import clock
from booking.foundation.db import Model
from booking.people.pupils.models import Parent


class TransferReference(Model):
    """What one parent quotes for one place; the words of the reference follow from its number."""

    __tablename__ = "transfer_references"
    __table_args__ = (
        UniqueConstraint("booking_id", "parent_id"),
        CheckConstraint("number BETWEEN 1000000 AND 9999999", name="seven_digits"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Chosen by chance, so that it tells nobody how many there are.
    number: Mapped[int] = mapped_column(unique=True)
    booking_id: Mapped[int] = mapped_column(ForeignKey("bookings.id"))
    parent_id: Mapped[int] = mapped_column(ForeignKey("parents.id"), index=True)
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: When the parent said that the transfer is on its way.
    sent_at: Mapped[datetime | None]
    booking: Mapped[Booking] = relationship()
    parent: Mapped[Parent] = relationship()


class TransferRules(Model):
    """One row, once the treasurer or the lead has decided whether families may pay by transfer."""

    __tablename__ = "transfer_rules"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    offered: Mapped[bool]
