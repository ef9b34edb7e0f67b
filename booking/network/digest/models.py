"""Table of the weekly digest: when each person had their last, and what it asked of them."""

from datetime import datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column, relationship

from booking.foundation.db import Model
from booking.people.schools.models import Person


class LifeDigest(Model):
    """Where somebody's weekly digest stands; the next begins there."""

    __tablename__ = "life_digests"

    person_id: Mapped[int] = mapped_column(
        ForeignKey("people.id", ondelete="CASCADE"), primary_key=True
    )
    #: When it was last worked out, also when nothing was new and no mail went.
    at: Mapped[datetime] = mapped_column(index=True)
    #: What needed them then, as short digests: a task that waits is news once.
    tasks_digest: Mapped[str] = mapped_column(default="", server_default="")

    person: Mapped[Person] = relationship()
