"""The outbox table: one row per mail, encrypted until it is sent, then emptied."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from booking.foundation import clock
from booking.foundation.db import Model, words
from booking.foundation.encryption import EncryptedBytes, EncryptedText


class MessageState(StrEnum):
    """How far a mail has got."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    FAILED = "failed"


class Message(Model):
    """A mail to one recipient. Bodies hold private links, so they are encrypted at rest."""

    __tablename__ = "messages"
    __table_args__ = (Index("ix_messages_state_next_attempt_at", "state", "next_attempt_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Unique per cause ("invited:<booking>:<parent>"): nobody is told twice.
    key: Mapped[str] = mapped_column(unique=True)
    template: Mapped[str]
    recipient: Mapped[str]
    subject: Mapped[str]
    text: Mapped[str | None] = mapped_column(EncryptedText)
    html: Mapped[str | None] = mapped_column(EncryptedText)
    attachment_name: Mapped[str | None]
    attachment_type: Mapped[str | None]
    attachment: Mapped[bytes | None] = mapped_column(EncryptedBytes)
    state: Mapped[MessageState] = mapped_column(words(MessageState), default=MessageState.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(default="")
    queued_at: Mapped[datetime] = mapped_column(default=clock.now)
    next_attempt_at: Mapped[datetime] = mapped_column(default=clock.now)
    sent_at: Mapped[datetime | None]
