"""Tables of what colleagues ask one another, and of their answers."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.foundation import clock
from booking.foundation.db import Model
from booking.foundation.tokens import new_public_id
from booking.people.schools.models import Person, School


class ColleagueQuestion(Model):
    """Something that a colleague would like to know from others."""

    __tablename__ = "colleague_questions"
    __table_args__ = (CheckConstraint("(told = '') = (told_at IS NULL)", name="told_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    title: Mapped[str]
    about: Mapped[str]
    #: The key of an area in which colleagues offer help; "" if none fits.
    area: Mapped[str] = mapped_column(default="", index=True)
    #: Kept also of a question without a name: only a lead can tell, and each look is recorded.
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"))
    without_name: Mapped[bool]
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: When it was asked or last answered: lists begin with the newest.
    said_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    closed_at: Mapped[datetime | None] = mapped_column(index=True)
    #: The lead hides it, with a reason that whoever asked is told.
    hidden_at: Mapped[datetime | None]
    hidden_reason: Mapped[str] = mapped_column(default="")
    #: What a colleague told the lead is wrong with it or its answers, until it is settled.
    told: Mapped[str] = mapped_column(default="")
    told_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    told_at: Mapped[datetime | None] = mapped_column(index=True)

    author: Mapped[Person | None] = relationship(foreign_keys=author_id)
    school: Mapped[School | None] = relationship()
    told_by: Mapped[Person | None] = relationship(foreign_keys=told_by_id)

    def __repr__(self) -> str:
        """Show the public id."""
        return f"<ColleagueQuestion {self.public_id}>"


class ColleagueAnswer(Model):
    """What a colleague answers."""

    __tablename__ = "colleague_answers"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    question_id: Mapped[int] = mapped_column(
        ForeignKey("colleague_questions.id", ondelete="CASCADE"), index=True
    )
    author_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"))
    words: Mapped[str]
    written_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: When whoever asked said that it helped.
    helped_at: Mapped[datetime | None]
    hidden_at: Mapped[datetime | None]
    hidden_reason: Mapped[str] = mapped_column(default="")

    question: Mapped[ColleagueQuestion] = relationship()
    author: Mapped[Person | None] = relationship()
    school: Mapped[School | None] = relationship()
