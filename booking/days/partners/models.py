"""Tables of partners' calendars: where each is fetched, how that went, and the dates in it."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
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
    #: The worker asks for it from then on; while it is asked for, the end of that lease.
    due_at: Mapped[datetime] = mapped_column(default=clock.now, index=True)
    #: When the partner last answered as it should, with news or without.
    read_at: Mapped[datetime | None]
    #: When it was last read whole: repeated dates are written out for a time ahead of then.
    read_whole_at: Mapped[datetime | None]
    #: What the partner calls this state of its file, sent back to it.
    etag: Mapped[str] = mapped_column(default="")
    last_modified: Mapped[str] = mapped_column(default="")
    #: SHA-256 of the file: a partner without ETags is not read twice for nothing.
    body_hash: Mapped[str] = mapped_column(default="")
    #: What went wrong at the last try and what to do, in words; empty when all is well.
    problem: Mapped[str] = mapped_column(default="")
    #: Tries that failed since it was last read.
    failures: Mapped[int] = mapped_column(default=0)

    @property
    def is_made_up(self) -> bool:
        """Say whether its dates were made up with the demonstration: nobody could be asked."""
        return self.read_at is not None and addresses.is_example(self.url)

    def __repr__(self) -> str:
        """Show the name."""
        return f"<PartnerFeed {self.name}>"


class PartnerDate(Model):
    """A date in a partner's calendar as it was last read: plain text, for show only."""

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
    #: A page of the partner's about it: https, or empty.
    link: Mapped[str] = mapped_column(default="")
    #: London's first and last day; of a whole-day date there is nothing else.
    first_on: Mapped[date]
    last_on: Mapped[date]
    starts_at: Mapped[datetime | None]
    ends_at: Mapped[datetime | None]
    feed: Mapped[PartnerFeed] = relationship()

    @property
    def partner(self) -> str:
        """Return the partner's name."""
        return self.feed.name
