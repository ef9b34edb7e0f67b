"""What the outbox announces about a mail, in the transaction that records it."""

from datetime import datetime

from booking.foundation.notifications.models import Message
from booking.foundation.ports import Announcement


@Announcement
def went_out(message: Message, *, now: datetime) -> None:
    """Announce that the mail server has taken a mail."""


@Announcement
def given_up(message: Message, *, now: datetime) -> None:
    """Announce that a mail will not go out by itself: its address was refused, or it failed."""
