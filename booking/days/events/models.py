"""Tables of events: what, when, who for, how places are shared, and what parents pay."""

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    Dialect,
    ForeignKey,
    Index,
    String,
    TypeDecorator,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.domain.allocation.claims import Basis
from booking.domain.charging import FeeKind
from booking.domain.ledger import Fund
from booking.foundation import clock
from booking.foundation.db import Model, words
from booking.foundation.tokens import new_public_id
from booking.people.schools.models import School


class EventState(StrEnum):
    """The stages of an event's life; places and rounds have their own dates within them."""

    DRAFT = "draft"
    PUBLISHED = "published"
    CANCELLED = "cancelled"
    #: Over, with its money settled and its surplus swept.
    CLOSED = "closed"


class Sharing(StrEnum):
    """How places go to schools; all three ways use one engine."""

    FAIR_ROUND = "fair_round"
    SET_QUOTAS = "set_quotas"
    FIRST_COME = "first_come"


class ThemeName(TypeDecorator[str]):
    """The name of a theme from the list; "" is none, which the database keeps as NULL."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        """Return what refers to the list."""
        return value or None

    def process_result_value(self, value: str | None, dialect: Dialect) -> str:
        """Return a text in any case."""
        return value or ""


class Theme(Model):
    """A theme that hosts can choose; events refer to it by its name."""

    __tablename__ = "themes"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    name: Mapped[str] = mapped_column(unique=True)
    #: The name without case, so that nobody adds "science" beside "Science".
    folded: Mapped[str] = mapped_column(unique=True)
    #: From then on no event can newly have it; those that have it keep it.
    retired_at: Mapped[datetime | None]


class Event(Model):
    """An enrichment day or series that one school hosts for the network."""

    __tablename__ = "events"
    __table_args__ = (
        CheckConstraint("low_year <= high_year", name="years_in_order"),
        CheckConstraint("places >= 1", name="some_places"),
        CheckConstraint("host_places >= 0", name="host_places_not_negative"),
        CheckConstraint("host_places < places", name="some_places_to_share"),
        CheckConstraint("fee_pence >= 0", name="fee_not_negative"),
        Index("ix_events_state_first_starts_at", "state", "first_starts_at"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(unique=True)
    #: Never changes: calendars recognise the event by it.
    uid: Mapped[str] = mapped_column(unique=True)
    state: Mapped[EventState] = mapped_column(words(EventState), default=EventState.DRAFT)
    title: Mapped[str]
    theme: Mapped[str] = mapped_column(
        ThemeName, ForeignKey("themes.name"), nullable=True, index=True
    )
    #: What pupils will do.
    concept: Mapped[str]
    intended_impact: Mapped[str] = mapped_column(default="")
    #: Who leads: a host teacher, an outside provider or older pupils.
    led_by: Mapped[str]
    host_school_id: Mapped[int] = mapped_column(ForeignKey("schools.id"), index=True)
    venue: Mapped[str]
    venue_address: Mapped[str] = mapped_column(default="")
    contact_name: Mapped[str] = mapped_column(default="")
    contact_phone: Mapped[str] = mapped_column(default="")
    #: What to bring, lunch, arrival: for parents and coordinators.
    practicalities: Mapped[str] = mapped_column(default="")
    low_year: Mapped[int]
    high_year: Mapped[int]
    #: How many places there are to share; `places` rows exist from publication onwards.
    places: Mapped[int]
    #: How many of them the host keeps for its own school before the others are shared.
    host_places: Mapped[int] = mapped_column(default=0)

    sharing: Mapped[Sharing] = mapped_column(words(Sharing), default=Sharing.FAIR_ROUND)
    basis: Mapped[Basis] = mapped_column(words(Basis), default=Basis.EQUAL_SHARES)
    guarantee: Mapped[int] = mapped_column(default=0)
    cap_per_school: Mapped[int | None]
    requests_close_at: Mapped[datetime | None]
    naming_close_at: Mapped[datetime | None]
    #: For set quotas: from then on, unclaimed places go to the line.
    release_at: Mapped[datetime | None]
    #: How many school days a parent has to answer an invitation, and a school an offer.
    reply_days: Mapped[int] = mapped_column(default=5)
    offer_days: Mapped[int] = mapped_column(default=2)
    #: With fewer pupils it may not run, as its host decides by a day; None is any number.
    min_pupils: Mapped[int | None]
    decide_at: Mapped[datetime | None]
    #: When its host decided that it runs with fewer.
    goes_ahead_at: Mapped[datetime | None]
    #: The lottery: the commitment is public from publication onwards, the seed after the round.
    seed: Mapped[str] = mapped_column(default="")
    seed_commitment: Mapped[str] = mapped_column(default="")

    fee_kind: Mapped[FeeKind] = mapped_column(words(FeeKind), default=FeeKind.FREE)
    fee_pence: Mapped[int] = mapped_column(default=0)
    #: Why a charge is kept in spite of a warning (above cost, in school hours); "" if there is
    #: none.
    fee_reason: Mapped[str] = mapped_column(default="")

    #: Taken from the dates, for lists and feeds.
    first_starts_at: Mapped[datetime | None]
    last_ends_at: Mapped[datetime | None]
    #: RFC 5545: rises with each material change after publication.
    sequence: Mapped[int] = mapped_column(default=0)
    #: Rises with each moved deadline after publication; a deadline's own SEQUENCE is the sum of
    #: both.
    deadline_changes: Mapped[int] = mapped_column(default=0)
    #: What a draft says that its columns cannot hold, by column: an empty number of places is 0.
    #: "unread" is what cannot be read at all, as it was typed.
    drafted: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    created_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    modified_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    published_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancelled_reason: Mapped[str] = mapped_column(default="")

    host_school: Mapped[School] = relationship()
    dates: Mapped[list["EventDate"]] = relationship(
        order_by="EventDate.starts_at", cascade="all, delete-orphan", back_populates="event"
    )
    removed_dates: Mapped[list["RemovedDate"]] = relationship(
        order_by="RemovedDate.number", cascade="all, delete-orphan"
    )
    fee_parts: Mapped[list["EventFeePart"]] = relationship(
        order_by="EventFeePart.position", cascade="all, delete-orphan"
    )
    cost_lines: Mapped[list["CostLine"]] = relationship(
        order_by="CostLine.position", cascade="all, delete-orphan"
    )

    def __repr__(self) -> str:
        """Show the slug."""
        return f"<Event {self.slug}>"


class EventDate(Model):
    """One date of an event: an enrichment day has one, a masterclass series several."""

    __tablename__ = "event_dates"
    __table_args__ = (
        UniqueConstraint("event_id", "starts_at"),
        UniqueConstraint("event_id", "number", name="uq_event_dates_event_id_number"),
        CheckConstraint("starts_at < ends_at", name="times_in_order"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    #: Stays with the date when it is moved: calendars recognise the date by it.
    number: Mapped[int]
    starts_at: Mapped[datetime] = mapped_column(index=True)
    ends_at: Mapped[datetime]
    #: Where this date is, if not at the event's own place.
    venue: Mapped[str] = mapped_column(default="")
    venue_address: Mapped[str] = mapped_column(default="")
    event: Mapped[Event] = relationship(back_populates="dates")


class RemovedDate(Model):
    """A date removed from a published event: calendars are told that it is cancelled.

    Its number is never given to another date, so calendars never confuse it with one.
    """

    __tablename__ = "removed_dates"
    __table_args__ = (
        UniqueConstraint("event_id", "number", name="uq_removed_dates_event_id_number"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"))
    number: Mapped[int]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    #: The event's own when the date was removed.
    sequence: Mapped[int]
    removed_at: Mapped[datetime] = mapped_column(index=True)


class EventFeePart(Model):
    """A part of the fee as published to parents, and the fund it goes to."""

    __tablename__ = "fee_parts"
    __table_args__ = (CheckConstraint("pence > 0", name="some_pence"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    position: Mapped[int]
    label: Mapped[str]
    pence: Mapped[int]
    fund: Mapped[Fund] = mapped_column(words(Fund))


class CostLine(Model):
    """A line of the event's budget: its total cost in pence."""

    __tablename__ = "cost_lines"
    __table_args__ = (CheckConstraint("pence >= 0", name="not_negative"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    event_id: Mapped[int] = mapped_column(ForeignKey("events.id"), index=True)
    position: Mapped[int]
    label: Mapped[str]
    pence: Mapped[int]


class NetworkRules(Model):
    """The one row of rules that a new event starts with; each event may change them."""

    __tablename__ = "network_rules"
    __table_args__ = (
        CheckConstraint("id = 1", name="one_row"),
        CheckConstraint("guarantee >= 0", name="guarantee_not_negative"),
        CheckConstraint("cap_per_school >= 1", name="cap_of_some"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    basis: Mapped[Basis] = mapped_column(words(Basis))
    guarantee: Mapped[int]
    cap_per_school: Mapped[int | None]
    reply_days: Mapped[int]
    offer_days: Mapped[int]
    #: Hosts ask the lead to publish their events.
    lead_looks: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime] = mapped_column(default=clock.now)
    changed_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
