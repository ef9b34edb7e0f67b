"""When each job last ran: one row for each, which is how everybody sees that a worker is alive."""

from datetime import datetime

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
