"""Tables of what a host asks besides, and of what was answered."""

from datetime import datetime

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.days.events.models import Event
from booking.days.places.models import Booking
from booking.domain import asking
from booking.domain.asking import AnswerKind, AskedOf, Asking, KeptUntil, Told
from booking.foundation import clock
from booking.foundation.db import Model, words
from booking.foundation.encryption import EncryptedText, Sealed
from booking.foundation.tokens import new_public_id


class EventQuestion(Model):
    """One question of a host; a draft takes its questions with it when it is deleted."""

    __tablename__ = "event_questions"
    __table_args__ = (Index("ix_event_questions_event_id_position", "event_id", "position"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id", ondelete="CASCADE"))
    #: 1, 2, 3 … in the order in which they were written.
    position: Mapped[int]
    of: Mapped[AskedOf] = mapped_column(words(AskedOf))
    kind: Mapped[AnswerKind] = mapped_column(words(AnswerKind))
    #: What lists and columns call it.
    label: Mapped[str]
    #: What is asked.
    text: Mapped[str]
    help: Mapped[str] = mapped_column(default="")
    options: Mapped[list[str]] = mapped_column(JSON, default=list)
    low: Mapped[int | None]
    high: Mapped[int | None]
    required: Mapped[bool] = mapped_column(default=False)
    #: Whether the day's staff read the answers too.
    for_staff: Mapped[bool] = mapped_column(default=False)
    kept: Mapped[KeptUntil] = mapped_column(words(KeptUntil))
    #: Codes of `not_to_ask.Sensitive` that its words pointed to, and its host read and ticked.
    cleared: Mapped[list[str]] = mapped_column(JSON, default=list)
    #: Added when some had replied already: they are asked apart, and nobody has to answer.
    late: Mapped[bool] = mapped_column(default=False)
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    #: When it was taken back, and its answers deleted with it.
    withdrawn_at: Mapped[datetime | None]
    event: Mapped[Event] = relationship()

    def __repr__(self) -> str:
        """Show the public id."""
        return f"<EventQuestion {self.public_id}>"

    @property
    def asking(self) -> Asking:
        """Return the question as its host wrote it."""
        return Asking(
            of=self.of,
            kind=self.kind,
            label=self.label,
            words=self.text,
            help=self.help,
            options=tuple(self.options),
            low=self.low,
            high=self.high,
            required=self.required,
            for_staff=self.for_staff,
            kept=self.kept,
        )


class QuestionAnswer(Sealed, Model):
    """One answer: about a booking, or of a school."""

    __tablename__ = "question_answers"
    __table_args__ = (
        UniqueConstraint("question_id", "booking_id"),
        UniqueConstraint("question_id", "school_id"),
        CheckConstraint(
            "(booking_id IS NULL) != (school_id IS NULL)", name="of_a_booking_or_a_school"
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    question_id: Mapped[int] = mapped_column(ForeignKey("event_questions.id", ondelete="CASCADE"))
    booking_id: Mapped[int | None] = mapped_column(ForeignKey("bookings.id"), index=True)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"), index=True)
    #: Positions in the list of choices.
    chosen: Mapped[list[int]] = mapped_column(JSON, default=list)
    number: Mapped[int | None]
    #: It may say anything, so it is encrypted.
    text: Mapped[str | None] = mapped_column(EncryptedText)
    answered_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: Whose private link it came by: no other parent is shown it.
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("parents.id"))
    #: Who answered for the school, for a pupil, or from paper.
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    question: Mapped[EventQuestion] = relationship()
    booking: Mapped[Booking | None] = relationship()

    @property
    def told(self) -> Told:
        """Return the answer itself."""
        return Told(tuple(self.chosen), self.number, self.text or "")

    @property
    def in_words(self) -> str:
        """Return the answer as people read it."""
        return asking.in_words(self.question.asking, self.told)
