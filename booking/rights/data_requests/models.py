"""The register of requests about what is held: who asked for what, by when, and how it ended."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.domain.data_rights import AskedChannel, AskedState, DataRight, RestrictionGround
from booking.foundation.db import Model, words
from booking.foundation.encryption import EncryptedText, Sealed
from booking.foundation.tokens import new_public_id
from booking.on_the_day.rosters.models import AccompanyingAdult
from booking.people.pupils.models import Parent, Pupil
from booking.people.schools.models import Person, School


class DataRequest(Sealed, Model):
    """Somebody asked a school, or the network, about what it holds of a person."""

    __tablename__ = "data_requests"
    __table_args__ = (
        Index("ix_data_requests_school_id_state", "school_id", "state"),
        CheckConstraint("(state = 'open') = (answered_at IS NULL)", name="open_or_answered"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    #: Who answers: a school; None: the network's leads.
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"))
    asked_right: Mapped[DataRight] = mapped_column(words(DataRight))
    channel: Mapped[AskedChannel] = mapped_column(words(AskedChannel))
    #: The day in London on which it arrived; the month is counted from it.
    received_on: Mapped[date]
    entered_at: Mapped[datetime]
    #: Who wrote it down; None: who asked wrote it on their own page.
    entered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    #: Who asked, about whom, what exactly, and where the answer goes if that is not a row here.
    asker: Mapped[str] = mapped_column(EncryptedText)
    about: Mapped[str] = mapped_column(EncryptedText)
    wanted: Mapped[str] = mapped_column(EncryptedText, default="")
    reply_to: Mapped[str] = mapped_column(EncryptedText, default="")
    pupil_id: Mapped[int | None] = mapped_column(
        ForeignKey("pupils.id", ondelete="SET NULL"), index=True
    )
    parent_id: Mapped[int | None] = mapped_column(
        ForeignKey("parents.id", ondelete="SET NULL"), index=True
    )
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    #: An adult without an account who comes along with a school's pupils.
    adult_id: Mapped[int | None] = mapped_column(
        ForeignKey("accompanying_adults.id", ondelete="SET NULL"), index=True
    )
    #: Whether it named a pupil or a parent of the list; without the row they have been erased.
    of_pupil: Mapped[bool] = mapped_column(default=False)
    of_parent: Mapped[bool] = mapped_column(default=False)
    due_on: Mapped[date]
    #: When the person was told that it takes up to two months longer, and why.
    extended_at: Mapped[datetime | None]
    extended_because: Mapped[str] = mapped_column(EncryptedText, default="")
    state: Mapped[AskedState] = mapped_column(words(AskedState), default=AskedState.OPEN)
    answered_at: Mapped[datetime | None] = mapped_column(index=True)
    answered_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    #: What the person was told: what was done, or why not.
    answer: Mapped[str] = mapped_column(EncryptedText, default="")
    #: Since when nothing new is done with what is held of whom it is about, and why.
    restricted_at: Mapped[datetime | None]
    ground: Mapped[RestrictionGround | None] = mapped_column(words(RestrictionGround))
    #: When that ended, or will end: whoever asked is told before.
    lifted_at: Mapped[datetime | None]
    #: When names and words went; who asked what is then nobody's.
    emptied_at: Mapped[datetime | None]
    school: Mapped[School | None] = relationship()
    pupil: Mapped[Pupil | None] = relationship()
    parent: Mapped[Parent | None] = relationship()
    person: Mapped[Person | None] = relationship(foreign_keys=[person_id])
    adult: Mapped[AccompanyingAdult | None] = relationship()
    answered_by: Mapped[Person | None] = relationship(foreign_keys=[answered_by_id])

    @property
    def address(self) -> str:
        """Return where an answer is mailed to; "" if only post reaches whoever asked."""
        row = self.parent or self.person
        return (row.email if row is not None else "") or self.reply_to

    def __repr__(self) -> str:
        """Show the id only: names stay out of logs."""
        return f"<DataRequest {self.id}>"
