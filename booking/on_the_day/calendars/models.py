"""The tables of calendars: private feeds, by the hash of their tokens, and public files."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from booking.foundation import clock
from booking.foundation.db import Model


class FeedContent(StrEnum):
    """What a private calendar can show; its owner leaves out what they do not want."""

    HOSTED = "hosted"
    ATTENDED = "attended"
    ROSTERED = "rostered"
    REQUESTS = "requests"
    OFFERS = "offers"
    NAMES = "names"
    REPLIES = "replies"
    SCHOOL_DAYS = "school_days"


class Feed(Model):
    """The address of a person's or parent's private calendar, which they name, renew and revoke."""

    __tablename__ = "feeds"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) != (parent_id IS NULL)", name="one_owner"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    #: The first characters of the hash; logs and pages refer to the feed by it.
    short_id: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(
        ForeignKey("parents.id", ondelete="CASCADE"), index=True
    )
    label: Mapped[str]
    #: Kinds that are not wanted, rather than wanted: a later role then adds its own kinds.
    leaves_out: Mapped[list[str]] = mapped_column(JSON, default=list)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_fetched_at: Mapped[datetime | None]
    last_fetched_by: Mapped[str] = mapped_column(default="")
    revoked_at: Mapped[datetime | None]
    #: The digest of the file as it was last answered, and since when it has been so.
    digest: Mapped[str] = mapped_column(default="")
    changed_at: Mapped[datetime | None]


class PublicCalendar(Model):
    """The public file of the network, or of a school: its digest, and since when it has been so."""

    __tablename__ = "public_calendars"

    #: "network", or "schools/ashdale".
    name: Mapped[str] = mapped_column(primary_key=True)
    digest: Mapped[str]
    changed_at: Mapped[datetime]
