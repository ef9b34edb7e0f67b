"""Tables that let any number of web processes share sessions, throttle counts and sent forms."""

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, false
from sqlalchemy.orm import Mapped, mapped_column

from booking.foundation import clock
from booking.foundation.db import Model
from booking.foundation.encryption import EncryptedText, Sealed


class WebSession(Model):
    """One browser's session; the cookie holds the token, the table its hash."""

    __tablename__ = "web_sessions"

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[str] = mapped_column(unique=True)
    token_hash: Mapped[str] = mapped_column(unique=True)
    #: Who is signed in; separate from `content` so that all of a person's sessions can be ended.
    person_id: Mapped[int | None] = mapped_column(index=True)
    content: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    browser: Mapped[str] = mapped_column(default="")
    created_at: Mapped[datetime] = mapped_column(default=clock.now)
    last_seen_at: Mapped[datetime] = mapped_column(default=clock.now)
    expires_at: Mapped[datetime] = mapped_column(index=True)
    #: Whether its person sees every school, or money, and so has shorter sessions.
    is_short: Mapped[bool] = mapped_column(default=False, server_default=false())


class ThrottleCount(Model):
    """How often something was tried within a window of time."""

    __tablename__ = "throttle_counts"

    key: Mapped[str] = mapped_column(primary_key=True)
    count: Mapped[int]
    expires_at: Mapped[datetime] = mapped_column(index=True)
    #: When the next try may be made, where tries must wait for one another (`throttle.take_turn`).
    open_at: Mapped[datetime | None]


class SentForm(Sealed, Model):
    """A form that was sent and acted upon: sent again, it is answered alike and acts no more."""

    __tablename__ = "sent_forms"

    #: The hash of the form's one-time key, its address, and its contents where these count.
    name: Mapped[str] = mapped_column(primary_key=True)
    #: The hash of what was filled in.
    contents: Mapped[str]
    sent_at: Mapped[datetime] = mapped_column(index=True)
    #: Where the first answer led and what it said (JSON); None until it has been given. Encrypted,
    #: for an address may hold a private link.
    answer: Mapped[str | None] = mapped_column(EncryptedText)
