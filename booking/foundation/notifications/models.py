"""The outbox table: one row per mail, encrypted while it may still be sent, then emptied."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, Index
from sqlalchemy.orm import Mapped, mapped_column

from booking.foundation import clock
from booking.foundation.db import Model, words
from booking.foundation.encryption import EncryptedBytes, EncryptedText, Sealed


class MessageState(StrEnum):
    """How far a mail has got."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    #: Given up; `last_error` says why.
    FAILED = "failed"
    #: The mail server refused this address for good.
    REFUSED = "refused"


#: It did not go out, and goes out only if somebody asks for it.
GIVEN_UP = (MessageState.FAILED, MessageState.REFUSED)
#: It has yet to go out.
WAITING = (MessageState.QUEUED, MessageState.SENDING)
BODY = "body"


class Message(Sealed, Model):
    """A mail to one recipient. Bodies hold private links, so they are encrypted at rest."""

    __tablename__ = "messages"
    __table_args__ = (Index("ix_messages_state_next_attempt_at", "state", "next_attempt_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    #: Unique per cause ("invited:<booking>:<parent>"): nobody is told twice.
    key: Mapped[str] = mapped_column(unique=True)
    template: Mapped[str]
    recipient: Mapped[str]
    #: What it is about, as "booking:12"; "" if it is about nothing whose page would show it.
    about: Mapped[str] = mapped_column(default="", index=True)
    #: Whom an answer reaches; "" leaves it to the sender's address.
    reply_to: Mapped[str] = mapped_column(default="")
    subject: Mapped[str]
    #: Read only by whoever sends it: a body that cannot be decrypted stops nothing else.
    text: Mapped[str | None] = mapped_column(EncryptedText, deferred=True, deferred_group=BODY)
    html: Mapped[str | None] = mapped_column(EncryptedText, deferred=True, deferred_group=BODY)
    attachment_name: Mapped[str | None]
    attachment_type: Mapped[str | None]
    attachment: Mapped[bytes | None] = mapped_column(
        EncryptedBytes, deferred=True, deferred_group=BODY
    )
    #: Kept files that go with it: the SHA-256, name and media type of each. Their bytes are read
    #: when it is sent, so that thirty families have one letter and not thirty copies.
    files: Mapped[list[list[str]] | None] = mapped_column(
        JSON(none_as_null=True), deferred=True, deferred_group=BODY
    )
    state: Mapped[MessageState] = mapped_column(words(MessageState), default=MessageState.QUEUED)
    attempts: Mapped[int] = mapped_column(default=0)
    last_error: Mapped[str] = mapped_column(default="")
    queued_at: Mapped[datetime] = mapped_column(default=clock.now)
    next_attempt_at: Mapped[datetime] = mapped_column(default=clock.now)
    #: Until when it is worth sending; its body is kept until then if it does not go out.
    keep_until: Mapped[datetime | None]
    sent_at: Mapped[datetime | None]
    failed_at: Mapped[datetime | None]
