"""Tables of visits: what a school opens, and who asked to come."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.domain.visits import VisitKind, VisitState
from booking.foundation import clock
from booking.foundation.db import Model, words
from booking.foundation.tokens import new_public_id
from booking.people.schools.models import Person, School


class StaffVisit(Model):
    """What colleagues may see at a school, and when; that it took place follows from the time."""

    __tablename__ = "staff_visits"
    __table_args__ = (
        CheckConstraint("starts_at < ends_at", name="times_in_order"),
        CheckConstraint("room >= 1", name="has_room"),
        CheckConstraint("state IN ('opened', 'cancelled')", name="of_a_visit"),
        CheckConstraint("(state = 'cancelled') = (cancelled_at IS NOT NULL)", name="cancelled_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), index=True)
    #: Who answers; once they have left, a coordinator of the school. None: nobody could take it.
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    state: Mapped[VisitState] = mapped_column(words(VisitState))
    title: Mapped[str]
    kind: Mapped[VisitKind] = mapped_column(words(VisitKind))
    subject: Mapped[str]
    starts_at: Mapped[datetime] = mapped_column(index=True)
    #: Of whole days, the midnight after the last.
    ends_at: Mapped[datetime] = mapped_column(index=True)
    whole_days: Mapped[bool]
    #: Never more visitors have a yes.
    room: Mapped[int]
    about: Mapped[str]
    for_partners: Mapped[bool]
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: RFC 5545: rises with each change that visitors are told about.
    sequence: Mapped[int] = mapped_column(default=0)
    modified_at: Mapped[datetime] = mapped_column(default=clock.now)
    cancelled_at: Mapped[datetime | None]
    cancelled_reason: Mapped[str] = mapped_column(default="")

    school: Mapped[School] = relationship()
    opened_by: Mapped[Person | None] = relationship()

    def __repr__(self) -> str:
        """Show the public id."""
        return f"<StaffVisit {self.public_id}>"


class VisitAsk(Model):
    """One colleague asks to come: once for each visit, however often they change their mind."""

    __tablename__ = "visit_asks"
    __table_args__ = (
        UniqueConstraint("visit_id", "visitor_id"),
        CheckConstraint("state NOT IN ('opened', 'took_place')", name="of_a_colleague"),
        CheckConstraint("(note = '') = (noted_at IS NULL)", name="noted_at"),
        CheckConstraint("NOT note_shared OR note != ''", name="something_shared"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    visit_id: Mapped[int] = mapped_column(ForeignKey("staff_visits.id", ondelete="CASCADE"))
    visitor_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    #: None: an associate, of no school.
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"), index=True)
    state: Mapped[VisitState] = mapped_column(words(VisitState))
    #: What the visitor hopes to see.
    hope: Mapped[str]
    #: What the host school said with its answer.
    answer: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    moved_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: What the visitor took home; for the network only if the visitor shares it.
    note: Mapped[str] = mapped_column(default="")
    note_shared: Mapped[bool] = mapped_column(default=False)
    noted_at: Mapped[datetime | None]

    visit: Mapped[StaffVisit] = relationship()
    visitor: Mapped[Person] = relationship()
    school: Mapped[School | None] = relationship()

    def __repr__(self) -> str:
        """Show the public id."""
        return f"<VisitAsk {self.public_id}>"
