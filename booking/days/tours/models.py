"""Tables of tours: the plan, its stops at schools, the pupils who lead it, and its kit."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.days.events.models import Event
from booking.foundation import clock
from booking.foundation.db import Model, words
from booking.foundation.encryption import EncryptedText, Sealed
from booking.foundation.tokens import new_public_id
from booking.people.pupils.models import Pupil
from booking.people.schools.models import Person, School


class TourState(StrEnum):
    """The stages of a tour's life."""

    DRAFT = "draft"
    #: Schools can ask for a stop.
    OPEN = "open"
    ENDED = "ended"


class StopState(StrEnum):
    """What became of a school's wish to be visited."""

    ASKED = "asked"
    #: It has a date, and an event of the school.
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    #: It had a date, which is free again.
    CANCELLED = "cancelled"


class KitState(StrEnum):
    """Where a kit is."""

    HOME = "home"
    #: At a school, for a stop.
    LENT = "lent"
    #: On the road, with the leaders.
    COLLECTED = "collected"


class Kit(Model):
    """What a workshop needs and one school owns: it is lent, collected and returned."""

    __tablename__ = "kits"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    name: Mapped[str]
    #: One thing to a line.
    contents: Mapped[str] = mapped_column(default="")
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), index=True)
    state: Mapped[KitState] = mapped_column(words(KitState), default=KitState.HOME)
    #: The school that has it, or whose leaders do.
    holder_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), index=True)
    added_at: Mapped[datetime] = mapped_column(default=clock.now)

    school: Mapped[School] = relationship(foreign_keys=school_id)
    holder: Mapped[School] = relationship(foreign_keys=holder_id)

    def __repr__(self) -> str:
        """Show the public id."""
        return f"<Kit {self.public_id}>"


class Tour(Model):
    """A workshop that travels: what it is, who takes it, and what its stops begin with."""

    __tablename__ = "tours"
    __table_args__ = (
        CheckConstraint("low_year <= high_year", name="years_in_order"),
        CheckConstraint("first_on <= last_on", name="dates_in_order"),
        CheckConstraint("pupils_max >= 1", name="some_pupils"),
        CheckConstraint("minutes >= 1", name="some_minutes"),
        CheckConstraint("travel_minutes >= 0", name="travel_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    state: Mapped[TourState] = mapped_column(words(TourState), default=TourState.DRAFT)
    title: Mapped[str]
    theme: Mapped[str]
    #: What pupils will do.
    concept: Mapped[str]
    #: What the school that is visited has to have ready: a room, tables, a screen.
    room_wanted: Mapped[str] = mapped_column(default="")
    leading_school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), index=True)
    #: The teacher of the leading school who is in charge.
    teacher: Mapped[str]
    low_year: Mapped[int]
    high_year: Mapped[int]
    #: How many pupils can take part at one stop.
    pupils_max: Mapped[int]
    #: How long the workshop lasts.
    minutes: Mapped[int]
    #: How long the leaders and the kit need between two stops.
    travel_minutes: Mapped[int]
    #: The days between which it travels.
    first_on: Mapped[date]
    last_on: Mapped[date]
    kit_id: Mapped[int | None] = mapped_column(ForeignKey("kits.id"), index=True)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    opened_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]

    leading_school: Mapped[School] = relationship()
    kit: Mapped[Kit | None] = relationship()
    stops: Mapped[list["TourStop"]] = relationship(
        order_by="(TourStop.starts_at, TourStop.id)", back_populates="tour"
    )
    leaders: Mapped[list["TourLeader"]] = relationship(
        order_by="TourLeader.id", cascade="all, delete-orphan", back_populates="tour"
    )

    def __repr__(self) -> str:
        """Show the slug."""
        return f"<Tour {self.slug}>"


class TourStop(Model):
    """One school that a tour visits, or that asked to be visited; then it has an event."""

    __tablename__ = "tour_stops"
    __table_args__ = (
        CheckConstraint("pupils >= 1", name="some_pupils"),
        CheckConstraint("others >= 0", name="others_not_negative"),
        CheckConstraint("low_year <= high_year", name="years_in_order"),
        CheckConstraint("starts_at < ends_at", name="times_in_order"),
        CheckConstraint("state <> 'accepted' OR event_id IS NOT NULL", name="accepted_has_event"),
        # A school is waiting for one stop of a tour, or has one; others are over.
        Index(
            "uq_tour_stops_one_live",
            "tour_id",
            "school_id",
            unique=True,
            sqlite_where=text("state IN ('asked', 'accepted')"),
            postgresql_where=text("state IN ('asked', 'accepted')"),
        ),
        Index("ix_tour_stops_school_id_state", "school_id", "state"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    tour_id: Mapped[int] = mapped_column(ForeignKey("tours.id"))
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"))
    state: Mapped[StopState] = mapped_column(words(StopState), default=StopState.ASKED)
    room: Mapped[str]
    #: How many of the school's own pupils, and places for other schools besides.
    pupils: Mapped[int]
    others: Mapped[int] = mapped_column(default=0)
    low_year: Mapped[int]
    high_year: Mapped[int]
    note: Mapped[str] = mapped_column(default="")
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    asked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    #: The agreed time, kept for the leaders and the kit even before the event is published.
    starts_at: Mapped[datetime | None] = mapped_column(index=True)
    ends_at: Mapped[datetime | None]
    event_id: Mapped[int | None] = mapped_column(ForeignKey("events.id"), unique=True)
    decided_at: Mapped[datetime | None]
    #: Why it was declined or cancelled; the school reads it.
    reason: Mapped[str] = mapped_column(default="")

    tour: Mapped[Tour] = relationship(back_populates="stops")
    school: Mapped[School] = relationship()
    event: Mapped[Event | None] = relationship()
    asked_by: Mapped[Person | None] = relationship()
    times: Mapped[list["OfferedTime"]] = relationship(
        order_by="OfferedTime.starts_at", cascade="all, delete-orphan"
    )
    leaders: Mapped[list["TourLeader"]] = relationship(
        secondary="stop_leaders", order_by="TourLeader.id", back_populates="stops"
    )

    def __repr__(self) -> str:
        """Show the public id."""
        return f"<TourStop {self.public_id}>"


class OfferedTime(Model):
    """One of the times at which a school could be visited."""

    __tablename__ = "tour_times"
    __table_args__ = (UniqueConstraint("stop_id", "starts_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    stop_id: Mapped[int] = mapped_column(ForeignKey("tour_stops.id", ondelete="CASCADE"))
    starts_at: Mapped[datetime]


class TourLeader(Sealed, Model):
    """A pupil of the leading school who leads a tour; named to others only on the day."""

    __tablename__ = "tour_leaders"
    __table_args__ = (
        UniqueConstraint("tour_id", "pupil_id"),
        CheckConstraint("pupil_id IS NOT NULL OR written_name IS NOT NULL", name="has_a_name"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    tour_id: Mapped[int] = mapped_column(ForeignKey("tours.id"))
    #: From the school's own list; None for one whose name was written.
    pupil_id: Mapped[int | None] = mapped_column(ForeignKey("pupils.id"), index=True)
    written_name: Mapped[str | None] = mapped_column(EncryptedText)
    added_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: When, and by whom, the school said that it agrees and that parents have been told.
    agreed_at: Mapped[datetime | None]
    agreed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    tour: Mapped[Tour] = relationship(back_populates="leaders")
    pupil: Mapped[Pupil | None] = relationship()
    agreed_by: Mapped[Person | None] = relationship()
    stops: Mapped[list[TourStop]] = relationship(
        secondary="stop_leaders", order_by=TourStop.starts_at, back_populates="leaders"
    )

    @property
    def name(self) -> str:
        """The name as known, as a roster would have it."""
        return self.pupil.name if self.pupil else self.written_name or ""

    def __repr__(self) -> str:
        """Show the id only: names stay out of logs."""
        return f"<TourLeader {self.id}>"


class StopLeader(Model):
    """Who leads which stop."""

    __tablename__ = "stop_leaders"

    stop_id: Mapped[int] = mapped_column(
        ForeignKey("tour_stops.id", ondelete="CASCADE"), primary_key=True
    )
    leader_id: Mapped[int] = mapped_column(
        ForeignKey("tour_leaders.id", ondelete="CASCADE"), primary_key=True, index=True
    )


class KitMove(Model):
    """One hand-over of a kit: where it went, for which stop, who said so, and what is missing."""

    __tablename__ = "kit_moves"

    id: Mapped[int] = mapped_column(primary_key=True)
    kit_id: Mapped[int] = mapped_column(ForeignKey("kits.id"), index=True)
    state: Mapped[KitState] = mapped_column(words(KitState))
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"))
    stop_id: Mapped[int | None] = mapped_column(ForeignKey("tour_stops.id"), index=True)
    missing: Mapped[str] = mapped_column(default="")
    moved_at: Mapped[datetime] = mapped_column(default=clock.now)
    moved_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))

    school: Mapped[School] = relationship()
    stop: Mapped[TourStop | None] = relationship()
    moved_by: Mapped[Person | None] = relationship()
