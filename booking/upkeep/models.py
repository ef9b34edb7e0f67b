"""When each job last ran, what leads were told is wrong, what the DNS said, where copies are."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from booking.foundation.db import Model


class JobRun(Model):
    """The last run of a job, by whichever worker; nothing here is about a person."""

    __tablename__ = "job_runs"

    name: Mapped[str] = mapped_column(primary_key=True)
    #: The worker that ran it last, as "machine:process", and since when that worker has been there.
    worker: Mapped[str]
    started_at: Mapped[datetime]
    begun_at: Mapped[datetime]
    #: When it last ended without failing.
    ended_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
    #: How often it has failed in a row.
    failures: Mapped[int] = mapped_column(default=0)
    #: What kind of error that was. Never its message, which may name somebody.
    failure: Mapped[str] = mapped_column(default="")


class RecordReading(Model):
    """What another program last answered, such as the DNS of one record; replaced each time."""

    __tablename__ = "record_readings"

    #: Of the sign: "SPF".
    name: Mapped[str] = mapped_column(primary_key=True)
    level: Mapped[str]
    title: Mapped[str]
    story: Mapped[str]
    advice: Mapped[str]


class SiteAlert(Model):
    """Something wrong that the leads have been told of; the row goes once it is over."""

    __tablename__ = "site_alerts"

    #: Of the sign: "worker", "export-1234".
    key: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
    #: How bad it was when they were told.
    level: Mapped[str]
    told_at: Mapped[datetime]
    #: When a lead said that they have seen it, and who.
    seen_at: Mapped[datetime | None]
    seen_by_id: Mapped[int | None] = mapped_column(ForeignKey("people.id", ondelete="SET NULL"))


class MadeCopy(Model):
    """The newest copy of the database that was written down; nothing here is about a person."""

    __tablename__ = "made_copies"
    __table_args__ = (CheckConstraint("id = 1", name="one_row"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Where it was written; empty if another program made it.
    path: Mapped[str]
    #: Its SHA-256 in hex.
    digest: Mapped[str]
    made_at: Mapped[datetime]
