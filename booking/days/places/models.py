"""Tables of places, requests, bookings and offers. A place is a row, so nobody can oversell it."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.days.events.models import Event
from booking.domain.booking_states import BookingState
from booking.foundation import clock
from booking.foundation.db import Model, words
from booking.foundation.tokens import new_public_id
from booking.people.pupils.models import Pupil
from booking.people.schools.models import Person, School

SEATED_SQL = text("state IN ('invited', 'confirmed', 'attended', 'absent')")
LIVE_SQL = text("state IN ('reserve', 'invited', 'confirmed', 'attended', 'absent')")


class OfferState(StrEnum):
    """What became of an offer of a returned place to the next school in line."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    EXPIRED = "expired"
    WITHDRAWN = "withdrawn"


class Place(Model):
    """One numbered place at an event, held by a school or by nobody yet."""

    __tablename__ = "places"
    __table_args__ = (
        UniqueConstraint("event_id", "number"),
        Index("ix_places_event_id_school_id", "event_id", "school_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    number: Mapped[int]
    #: The school that has it; None while nobody holds it.
    school_id: Mapped[int | None] = mapped_column(ForeignKey("schools.id"), index=True)
    allotted_at: Mapped[datetime | None]
    #: For a place that came late: it may be filled until then, whatever the event's own dates say.
    name_by_at: Mapped[datetime | None]
    #: When it was removed, while free, because the event now has fewer places.
    removed_at: Mapped[datetime | None]
    school: Mapped[School | None] = relationship()


class PlaceRequest(Model):
    """How many places a school asks for at an event; its inputs are frozen when a round is run."""

    __tablename__ = "place_requests"
    __table_args__ = (
        UniqueConstraint("event_id", "school_id"),
        CheckConstraint("wanted >= 1", name="wants_some"),
        CheckConstraint("wants_now >= 0", name="wants_now_not_negative"),
        CheckConstraint("quota >= 0", name="quota_not_negative"),
        CheckConstraint("places_received >= 0", name="received_not_negative"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), index=True)
    wanted: Mapped[int]
    #: How many it would still take in total; falls when it gives a place or an offer back.
    wants_now: Mapped[int]
    #: A set quota, kept for this school until the release date; 0 if there is none.
    quota: Mapped[int] = mapped_column(default=0)
    #: 1, 2, 3 … in the order in which requests first came in; 0 if the school has a quota and has
    #: not asked.
    arrival: Mapped[int]
    #: Sent after requests closed: comes after every request made on time.
    late: Mapped[bool] = mapped_column(default=False)
    #: For a late request, how many places had been asked for on time.
    in_time: Mapped[int] = mapped_column(default=0)
    requested_at: Mapped[datetime] = mapped_column(default=clock.now)
    requested_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    #: Frozen when the places are shared (None before): eligible roll, and places received this
    #: school year. Nobody's turn in the line changes after that.
    frozen_at: Mapped[datetime | None]
    weight: Mapped[int | None]
    received_before: Mapped[int | None]
    #: Places given by the allocation (later offers count as places held).
    places_received: Mapped[int] = mapped_column(default=0)
    school: Mapped[School] = relationship()


class Booking(Model):
    """One pupil at one event: with a place, or waiting as a reserve."""

    __tablename__ = "bookings"
    __table_args__ = (
        Index(
            "uq_bookings_live_pupil",
            "event_id",
            "pupil_id",
            unique=True,
            sqlite_where=LIVE_SQL,
            postgresql_where=LIVE_SQL,
        ),
        Index(
            "uq_bookings_seated_place",
            "place_id",
            unique=True,
            sqlite_where=SEATED_SQL,
            postgresql_where=SEATED_SQL,
        ),
        CheckConstraint(
            "state NOT IN ('invited', 'confirmed', 'attended', 'absent') OR place_id IS NOT NULL",
            name="seated_has_place",
        ),
        CheckConstraint("state != 'reserve' OR reserve_rank IS NOT NULL", name="reserve_has_rank"),
        Index("ix_bookings_event_id_school_id_state", "event_id", "school_id", "state"),
        Index("ix_bookings_school_id_state", "school_id", "state"),
        Index("ix_bookings_state_reply_by_at", "state", "reply_by_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    pupil_id: Mapped[int] = mapped_column(ForeignKey("pupils.id"), index=True)
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"))
    #: The pupil's place; kept for the record after the booking has ended.
    place_id: Mapped[int | None] = mapped_column(ForeignKey("places.id"), index=True)
    state: Mapped[BookingState] = mapped_column(words(BookingState, name="state"))
    #: 1 for the school's first reserve.
    reserve_rank: Mapped[int | None]
    named_at: Mapped[datetime] = mapped_column(default=clock.now)
    invited_at: Mapped[datetime | None]
    #: When the first mail with a private link went out; None if none did, or the school asks on
    #: paper. A late one gives the family its whole reply period.
    invitation_sent_at: Mapped[datetime | None]
    #: When the school gave a family that no mail reached a letter, and who said so.
    asked_on_paper_at: Mapped[datetime | None]
    asked_on_paper_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    #: The deadline for the parent's answer, at a civil hour.
    reply_by_at: Mapped[datetime | None]
    #: When parents were reminded of it, once for each invitation, and when that mail went out.
    reminded_at: Mapped[datetime | None]
    reminder_sent_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    #: The register: when it was marked, and who marked it.
    marked_at: Mapped[datetime | None]
    marked_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    event: Mapped[Event] = relationship()
    pupil: Mapped[Pupil] = relationship()
    school: Mapped[School] = relationship()
    place: Mapped[Place | None] = relationship()
    asked_on_paper_by: Mapped[Person | None] = relationship(foreign_keys=[asked_on_paper_by_id])

    def __repr__(self) -> str:
        """Show id and state."""
        return f"<Booking {self.id} {self.state}>"


class Offer(Model):
    """A returned place offered to the next school in line; its deadline counts school days."""

    __tablename__ = "offers"
    __table_args__ = (
        Index(
            "uq_offers_open_place",
            "place_id",
            unique=True,
            sqlite_where=text("state = 'open'"),
            postgresql_where=text("state = 'open'"),
        ),
        Index("ix_offers_state_expires_at", "state", "expires_at"),
        Index("ix_offers_event_id_school_id", "event_id", "school_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), index=True)
    place_id: Mapped[int] = mapped_column(ForeignKey("places.id"))
    state: Mapped[OfferState] = mapped_column(words(OfferState), default=OfferState.OPEN)
    offered_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime]
    #: When the first mail about it went out to a coordinator.
    sent_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    event: Mapped[Event] = relationship()
    school: Mapped[School] = relationship()
    place: Mapped[Place] = relationship()
