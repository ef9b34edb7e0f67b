"""Tables of how schools travel to an event, and of seats that one gives to another."""

from datetime import datetime, time
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.days.events.models import Event
from booking.domain.travelling import TravelMode, TravelTimes
from booking.foundation import clock
from booking.foundation.db import Model, words
from booking.foundation.tokens import new_public_id
from booking.people.schools.models import School


class SeatState(StrEnum):
    """What became of a wish for seats in another school's bus."""

    ASKED = "asked"
    CONFIRMED = "confirmed"
    #: The school with the bus said no.
    DECLINED = "declined"
    #: The school that asked no longer wants them.
    WITHDRAWN = "withdrawn"
    #: The school with the bus takes back what it had confirmed.
    TAKEN_BACK = "taken_back"
    #: The event was cancelled.
    CALLED_OFF = "called_off"


LIVE_SQL = text("state IN ('asked', 'confirmed')")


class TravelPlan(Model):
    """How one school travels to one event, and what its approval system asks besides."""

    __tablename__ = "travel_plans"
    __table_args__ = (
        UniqueConstraint("event_id", "school_id"),
        CheckConstraint("seats >= 0", name="seats_not_negative"),
        Index("ix_travel_plans_school_id", "school_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"))
    mode: Mapped[TravelMode | None] = mapped_column(words(TravelMode))
    #: By London's clock, on each date of the event.
    leaves: Mapped[time | None]
    arrives: Mapped[time | None]
    back: Mapped[time | None]
    #: For pupils and adults of other schools, whether promised or not.
    seats: Mapped[int] = mapped_column(default=0)
    #: Where others get on.
    gets_on: Mapped[str] = mapped_column(default="")
    #: Who stays at school, holds the list of pupils and answers the telephone.
    base_name: Mapped[str] = mapped_column(default="")
    #: E.164.
    base_phone: Mapped[str] = mapped_column(default="")
    #: In the school's own words, for its approval system: first aid, and why its adults are enough.
    first_aid: Mapped[str] = mapped_column(default="")
    supervision: Mapped[str] = mapped_column(default="")
    #: Where its group meets if it is separated.
    meeting_point: Mapped[str] = mapped_column(default="")
    #: Since when the school has to look at it again, because the event has moved.
    check_since: Mapped[datetime | None]
    event: Mapped[Event] = relationship()
    school: Mapped[School] = relationship()

    @property
    def times(self) -> TravelTimes:
        """When it leaves, arrives and is back."""
        return TravelTimes(self.leaves, self.arrives, self.back)


class SeatShare(Model):
    """Seats of one school's bus that another school has asked for, and what became of it."""

    __tablename__ = "seat_shares"
    __table_args__ = (
        CheckConstraint("seats >= 1", name="some_seats"),
        Index("ix_seat_shares_school_id", "school_id"),
        Index(
            "uq_seat_shares_live",
            "plan_id",
            "school_id",
            unique=True,
            sqlite_where=LIVE_SQL,
            postgresql_where=LIVE_SQL,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    plan_id: Mapped[int] = mapped_column(ForeignKey("travel_plans.id"))
    #: Whose pupils sit on them.
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"))
    seats: Mapped[int]
    state: Mapped[SeatState] = mapped_column(words(SeatState), default=SeatState.ASKED)
    asked_at: Mapped[datetime] = mapped_column(default=clock.now)
    decided_at: Mapped[datetime | None]
    #: Since when there is news that the school which asked has not said it has read.
    news_at: Mapped[datetime | None]
    plan: Mapped[TravelPlan] = relationship()
    school: Mapped[School] = relationship()


class VisitNotes(Model):
    """What the host of an event tells schools for their visit: once for all of them."""

    __tablename__ = "visit_notes"

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), unique=True)
    first_aid: Mapped[str] = mapped_column(default="")
    #: The designated safeguarding lead at the venue.
    safeguarding_name: Mapped[str] = mapped_column(default="")
    #: E.164.
    safeguarding_phone: Mapped[str] = mapped_column(default="")
    #: Where coaches stop and pupils are met and picked up.
    drop_off: Mapped[str] = mapped_column(default="")
    meeting_point: Mapped[str] = mapped_column(default="")
    risks: Mapped[str] = mapped_column(default="")
    event: Mapped[Event] = relationship()
