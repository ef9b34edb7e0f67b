"""What is wrong with a mail that has not arrived, as plain values."""

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from booking.domain.booking_states import BookingState
from booking.foundation.notifications.models import WAITING, MessageState
from booking.foundation.notifications.queries import LATE


class MailTrouble(StrEnum):
    """What is wrong with a mail."""

    LATE = "late"
    FAILED = "failed"
    REFUSED = "refused"


_GIVEN_UP = {
    MessageState.REFUSED: MailTrouble.REFUSED,
    MessageState.FAILED: MailTrouble.FAILED,
}


class Undelivered(NamedTuple):
    """A mail to a pupil's family that has not arrived while it still matters."""

    booking_id: int
    booking: str
    state: BookingState
    reply_by_at: datetime | None
    pupil: str
    forename: str
    surname: str
    slug: str
    title: str
    parent_name: str
    template: str
    mail_state: MessageState
    queued_at: datetime

    @property
    def trouble(self) -> MailTrouble:
        """Return what is wrong; of waiting mail only what is late is selected."""
        return _GIVEN_UP.get(self.mail_state, MailTrouble.LATE)

    @property
    def is_refused(self) -> bool:
        """Return whether the address was refused, so that it must be corrected."""
        return self.trouble is MailTrouble.REFUSED

    @property
    def is_awaited(self) -> bool:
        """Return whether the family's answer is still missing."""
        return self.state is BookingState.INVITED


def trouble(state: MessageState, queued_at: datetime, now: datetime) -> MailTrouble | None:
    """Return what is wrong with a mail, or None."""
    if state in WAITING:
        return MailTrouble.LATE if queued_at <= now - LATE else None
    return _GIVEN_UP.get(state)
