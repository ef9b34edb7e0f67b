"""Tables of partners' calendars: where each is fetched from, how that went, and its dates."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.days.partners import addresses
from booking.foundation import clock
from booking.foundation.db import Model
from booking.foundation.tokens import new_public_id


class PartnerFeed(Model):
    """Somebody else's calendar that the network follows: a neighbour, an exam board, a county."""

    __tablename__ = "partner_feeds"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True, default=new_public_id)
    name: Mapped[str]
    #: Always https.
    url: Mapped[str] = mapped_column(unique=True)
    added_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    added_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: From when the worker may fetch it; while it is being fetched, the end of that lease.
    due_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    #: When the partner last answered properly, with or without news.
    read_at: Mapped[datetime | None]
    #: When it was last read in full; repeated dates are written out for some time ahead of that.
    read_whole_at: Mapped[datetime | None]
    #: The partner's name for this version of its file, sent back to it.
    etag: Mapped[str] = mapped_column(default="")
    last_modified: Mapped[str] = mapped_column(default="")
    #: SHA-256 of the file, so that a partner without ETags is not read again for nothing.
    body_hash: Mapped[str] = mapped_column(default="")
    #: What went wrong at the last try and what to do, in words; empty if all is well.
    problem: Mapped[str] = mapped_column(default="")
    #: Failed tries since it was last read.
    failures: Mapped[int] = mapped_column(default=0)
    #: Where the partner's server says that the calendar is now; empty if it has not moved. Nobody
    #: asks there before the lead has taken that address.
    moved_to: Mapped[str] = mapped_column(default="")
    #: What became of each entry when it was last read in full, as `words` tells it.
    outcome: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)

    @property
    def is_made_up(self) -> bool:
        """Return whether its dates were made up for the demonstration, with nobody to ask."""
        return self.read_at is not None and addresses.is_example(self.url)

    def __repr__(self) -> str:
        """Show the name."""
        return f"<PartnerFeed {self.name}>"


class PartnerDate(Model):
    """A date in a partner's calendar as it was last read: plain text, only to be shown."""

    __tablename__ = "partner_dates"
    __table_args__ = (
        CheckConstraint("first_on <= last_on", name="days_in_order"),
        CheckConstraint("(starts_at IS NULL) = (ends_at IS NULL)", name="both_times"),
        Index("ix_partner_dates_last_on_first_on", "last_on", "first_on"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    feed_id: Mapped[int] = mapped_column(
        ForeignKey("partner_feeds.id", ondelete="CASCADE"), index=True
    )
    title: Mapped[str]
    location: Mapped[str] = mapped_column(default="")
    #: The partner's page about it: https, or empty.
    link: Mapped[str] = mapped_column(default="")
    #: The first and last days in London; a whole-day date has nothing else.
    first_on: Mapped[date]
    last_on: Mapped[date]
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    feed: Mapped[PartnerFeed] = relationship()

    @property
    def partner(self) -> str:
        """Return the partner's name."""
        return self.feed.name
