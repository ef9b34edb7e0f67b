"""The table of private calendar feeds: tokens are stored hashed."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from booking.foundation import clock
from booking.foundation.db import Model


class FeedContent(StrEnum):
    """What a private calendar can hold; its owner leaves out what they do not want."""

    HOSTED = "hosted"
    ATTENDED = "attended"
    ROSTERED = "rostered"
    REQUESTS = "requests"
    OFFERS = "offers"
    NAMES = "names"
    REPLIES = "replies"
    SCHOOL_DAYS = "school_days"


class Feed(Model):
    """A private calendar address of a person or a parent: labelled, renewed and revoked by them."""

    __tablename__ = "feeds"
    __table_args__ = (
        CheckConstraint("(person_id IS NULL) != (parent_id IS NULL)", name="one_owner"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    #: The first characters of the hash: how logs and pages name the feed.
    short_id: Mapped[str]
    person_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"), index=True)
    parent_id: Mapped[int | None] = mapped_column(
        ForeignKey("parents.id", ondelete="CASCADE"), index=True
    )
    label: Mapped[str]
    #: Kinds that are not wanted; so that a role which comes later brings what belongs to it.
    leaves_out: Mapped[list[str]] = mapped_column(JSON, default=list)
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_fetched_at: Mapped[datetime | None]
    last_fetched_by: Mapped[str] = mapped_column(default="")
    revoked_at: Mapped[datetime | None]
