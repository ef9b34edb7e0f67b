"""Tables of season plans: what is shared, what schools wish for, what is proposed and accepted."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.days.events.models import Event
from booking.foundation import clock
from booking.foundation.audit.append_only import AppendOnly
from booking.foundation.db import Model, words
from booking.foundation.tokens import new_public_id
from booking.people.pupils.models import Pupil
from booking.people.schools.models import Person, School


class PlanState(StrEnum):
    """The stages of a season plan's life."""

    OPEN = "open"
    ACCEPTED = "accepted"
    #: Withdrawn before it was accepted: its events are shared one by one again.
    WITHDRAWN = "withdrawn"


class Weighting(StrEnum):
    """What the schools of a plan are levelled by."""

    EQUAL = "equal"
    BY_ROLL = "by_roll"


class SeasonPlan(Model):
    """Events of a term whose places are shared together, by what each pupil could go to."""

    __tablename__ = "season_plans"
    __table_args__ = (
        CheckConstraint("first_on <= last_on", name="dates_in_order"),
        CheckConstraint("at_most >= 1", name="at_most_some"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    first_on: Mapped[date]
    last_on: Mapped[date]
    weighting: Mapped[Weighting] = mapped_column(words(Weighting), default=Weighting.EQUAL)
    #: The most events for a pupil, unless the school says otherwise.
    at_most: Mapped[int]
    wishes_close_at: Mapped[datetime]
    state: Mapped[PlanState] = mapped_column(words(PlanState), default=PlanState.OPEN)
    #: The lottery: the commitment is public from the start, the seed once the plan is accepted.
    seed: Mapped[str]
    seed_commitment: Mapped[str]
    opened_at: Mapped[datetime] = mapped_column(default=clock.now)
    opened_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    #: Accepted or withdrawn.
    ended_at: Mapped[datetime | None]
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    events: Mapped[list["PlannedEvent"]] = relationship(
        order_by="PlannedEvent.event_id", back_populates="plan"
    )

    def __repr__(self) -> str:
        """Show the slug."""
        return f"<SeasonPlan {self.slug}>"


class PlannedEvent(Model):
    """An event whose places a plan shares; one plan at a time."""

    __tablename__ = "season_plan_events"
    __table_args__ = (
        Index(
            "uq_season_plan_events_live_event",
            "event_id",
            unique=True,
            sqlite_where=text("released_at IS NULL"),
            postgresql_where=text("released_at IS NULL"),
        ),
    )

    plan_id: Mapped[int] = mapped_column(ForeignKey("season_plans.id"), primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True)
    #: When its own requests would have closed; restored if the plan is withdrawn.
    requests_close_at: Mapped[datetime | None]
    #: When the plan was withdrawn, or the event cancelled before it was shared.
    released_at: Mapped[datetime | None]
    plan: Mapped[SeasonPlan] = relationship(back_populates="events")
    event: Mapped[Event] = relationship()


class PlannedSchool(Model):
    """What a school says for all its pupils in a plan."""

    __tablename__ = "season_plan_schools"
    __table_args__ = (CheckConstraint("at_most >= 1", name="at_most_some"),)

    plan_id: Mapped[int] = mapped_column(ForeignKey("season_plans.id"), primary_key=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), primary_key=True)
    #: The most events for each of its pupils; None means as the plan says.
    at_most: Mapped[int | None]
    #: When the coordinator marked the school's wishes as complete, perhaps with none.
    finished_at: Mapped[datetime | None]
    school: Mapped[School] = relationship()


class PlannedPupil(Model):
    """A pupil with wishes in a plan, known in its record by a reference used nowhere else."""

    __tablename__ = "season_plan_pupils"
    __table_args__ = (
        UniqueConstraint("plan_id", "pupil_id"),
        CheckConstraint("at_most >= 1", name="at_most_some"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("season_plans.id"))
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"), index=True)
    reference: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    #: The most events for this pupil; None means as the school says.
    at_most: Mapped[int | None]
    pupil: Mapped[Pupil] = relationship()
    wishes: Mapped[list["Wish"]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="Wish.event_id"
    )


class Wish(Model):
    """An event that a pupil could go to."""

    __tablename__ = "season_plan_wishes"

    planned_pupil_id: Mapped[int] = mapped_column(
        ForeignKey("season_plan_pupils.id", ondelete="CASCADE"), primary_key=True
    )
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), primary_key=True, index=True)
    #: Preferred to the others; at most one of a pupil's wishes is.
    is_first: Mapped[bool] = mapped_column(default=False)


class Proposal(Model):
    """The newest plan worked out, to review and accept; the next one replaces it."""

    __tablename__ = "season_plan_proposals"

    plan_id: Mapped[int] = mapped_column(ForeignKey("season_plans.id"), primary_key=True)
    #: As it would be stored (see `domain.season.record`).
    record: Mapped[str] = mapped_column(Text)
    digest: Mapped[str]
    #: What everybody would be able to read.
    published: Mapped[str] = mapped_column(Text)
    #: The SHA-256 of all inputs, to tell whether they are still the same.
    inputs_digest: Mapped[str]
    #: Worked out while wishes were coming in, with a trial seed, only for review.
    is_trial: Mapped[bool]
    #: How long the solver and the second opinion took.
    milliseconds: Mapped[int]
    made_at: Mapped[datetime] = mapped_column(default=clock.now)
    made_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))


class PlanRecord(AppendOnly, Model):
    """What was accepted: everything needed to check and recompute a plan. Append-only."""

    __tablename__ = "season_plan_records"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("season_plans.id"), unique=True)
    #: It lists pupils by reference, so it is only for the network's lead and auditor.
    record: Mapped[str] = mapped_column(Text)
    digest: Mapped[str]
    #: What everybody may read: numbers by school and event, and the digests.
    published: Mapped[str] = mapped_column(Text)
    accepted_at: Mapped[datetime] = mapped_column(default=clock.now)
    accepted_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    plan: Mapped[SeasonPlan] = relationship()
    accepted_by: Mapped[Person | None] = relationship()
