"""The table of private calendar feeds: tokens are stored hashed."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from booking import clock
from booking.db import Model


class Feed(Model):
    """A private calendar address of one person, which they can label, renew and revoke."""

    __tablename__ = "feeds"

    id: Mapped[int] = mapped_column(primary_key=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    #: The first characters of the hash: how logs and pages name the feed.
    short_id: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    label: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_fetched_at: Mapped[datetime | None]
    last_fetched_by: Mapped[str] = mapped_column(default="")
    revoked_at: Mapped[datetime | None]
