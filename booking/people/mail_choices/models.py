"""The kinds of mail that people have stopped: a row for each, until it is started again."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from booking.foundation.db import Model, words


class StoppableMail(StrEnum):
    """A kind of mail that a person may stop."""

    NEW_EVENTS = "new_events"
    REMINDERS = "reminders"
    IDEAS = "ideas"
    NETWORK_LIFE = "network_life"


class MailStop(Model):
    """A kind of mail that a person does not want."""

    __tablename__ = "mail_stops"
    __table_args__ = (UniqueConstraint("person_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id", ondelete="CASCADE"))
    kind: Mapped[StoppableMail] = mapped_column(words(StoppableMail))
    stopped_at: Mapped[datetime]
